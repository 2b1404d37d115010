"""Application factory: settings in, an ASGI application out."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from app import __version__
from app.paths import PACKAGE, folder
from app.routes import (
    data,
    exhibits,
    inspection,
    live,
    networks,
    page,
    parameters,
    quiz,
    system,
    training,
    worksheets,
)
from app.services.backend import Backend, Store
from app.services.catalog import catalog
from app.services.exhibits.collection import Exhibits
from app.services.housekeeping import Housekeeping
from app.services.networks import Networks
from app.services.observability.metrics import Metrics
from app.services.observability.traffic import Traffic
from app.services.pages.assets import Assets
from app.services.pages.evaluator_module import render_evaluator
from app.services.pages.rendered_pages import RenderedPages
from app.services.storage.sqlite_store import SqliteStore
from app.services.workers.pool import TrainerPool
from app.settings import Settings
from app.web.errors import add_error_handlers
from app.web.middleware.access_log import AccessLogMiddleware
from app.web.middleware.body_limit import BodyLimitMiddleware
from app.web.middleware.cookie_filter import CookieFilterMiddleware
from app.web.middleware.head import HeadMiddleware
from app.web.middleware.proxy_headers import ProxyHeadersMiddleware
from app.web.middleware.same_origin import SameOriginMiddleware
from app.web.middleware.security_headers import SecurityHeadersMiddleware
from app.web.middleware.server_errors import ServerErrorMiddleware
from app.web.openapi import complete_openapi
from app.web.static_files import ASSET_PREFIX, Files

PREFIX = "/api/v1"

log = logging.getLogger(__name__)


def build_middleware(settings: Settings, traffic: Traffic) -> list[Middleware]:
    """Return the middleware of every request, outermost first."""
    return [
        Middleware(CookieFilterMiddleware, name=page.LANGUAGE_COOKIE),
        Middleware(ProxyHeadersMiddleware, root_path=settings.root_path),
        Middleware(AccessLogMiddleware, traffic=traffic, prefix=PREFIX),
        Middleware(HeadMiddleware),
        Middleware(SecurityHeadersMiddleware),
        Middleware(ServerErrorMiddleware),
        Middleware(SameOriginMiddleware),
        Middleware(BodyLimitMiddleware, limit=settings.limits.body_bytes, total=settings.limits.bodies_bytes),
    ]


@asynccontextmanager
async def lifespan(
    store: SqliteStore, backend: Backend, traffic: Traffic, settings: Settings
) -> AsyncIterator[None]:
    """Run the store, the trainers and the background tasks. At the end, save every network."""
    store.open()
    backend.start()
    housekeeping = asyncio.create_task(Housekeeping(backend, store, settings.limits).run())
    lag_probe = asyncio.create_task(traffic.watch_loop())
    log.info("started", extra={"trainers": settings.trainers, "networks": len(store)})
    yield
    housekeeping.cancel()
    lag_probe.cancel()
    # The trainers hand over their last records before the store closes.
    await backend.stop()
    await store.close()
    log.info("ended")


def create_backend(store: Store, settings: Settings) -> Backend:
    """Return the back end with local trainer processes (see `app.services.backend`)."""
    return TrainerPool(store, settings.limits, settings.trainers)


def create_app(
    settings: Settings | None = None, hosted_by: Callable[[Store, Settings], Backend] = create_backend
) -> FastAPI:
    """Return the ASGI application. settings: those of the environment by default."""
    settings = settings or Settings()
    store, traffic = SqliteStore(settings.data), Traffic()
    backend = hosted_by(store, settings)

    app = FastAPI(
        title="Backprop playground",
        version=__version__,
        description="Train real networks, look into every unit, and watch. Errors are RFC 9457 problems.",
        docs_url=None,
        redoc_url=None,
        lifespan=lambda _: lifespan(store, backend, traffic, settings),
        middleware=build_middleware(settings, traffic),
    )
    app.state.settings = settings
    app.state.store = store
    app.state.traffic = traffic
    app.state.metrics = Metrics(backend, store, traffic)
    app.state.networks = Networks(backend, store, settings.limits)
    app.state.exhibits = Exhibits(PACKAGE / "exhibits", settings.exhibits, settings.limits)
    app.state.catalog = json.dumps(catalog(settings.limits), ensure_ascii=False)
    app.state.evaluator = render_evaluator(page.templates.get_template("evaluator.js").render)
    app.state.assets = Assets(folder("static"), folder("templates"), app.state.evaluator, settings.page)
    app.state.rendered_pages = RenderedPages()
    for prefix in ("", f"/{ASSET_PREFIX}/{{version}}"):
        app.mount(f"{prefix}/static", Files(folder("static"), app.state.assets))
    api = APIRouter(prefix=PREFIX)
    for module in (
        networks, training, parameters, inspection, quiz, data, system, exhibits, worksheets, live,
    ):  # fmt: skip
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(page.router)
    app.include_router(live.nowhere)
    add_error_handlers(app)
    app.openapi = complete_openapi(app.openapi)  # type: ignore[method-assign]
    return app
