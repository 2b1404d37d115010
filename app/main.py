"""The application: settings in, a server's ASGI application out."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

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
from app.services.pages.evaluator_module import rendered
from app.services.storage.sqlite_store import SqliteStore
from app.services.workers.pool import Trainers
from app.settings import Settings
from app.web.errors import add_error_handlers
from app.web.middleware.access_log import Accounts
from app.web.middleware.body_limit import Bodies
from app.web.middleware.proxy_headers import Addresses
from app.web.middleware.same_origin import Origins
from app.web.middleware.security_headers import Headers
from app.web.middleware.server_errors import Faults
from app.web.openapi import completed
from app.web.static_files import KEPT, Files

PREFIX = "/api/v1"

log = logging.getLogger(__name__)


def passed_by(settings: Settings, traffic: Traffic) -> list[Middleware]:
    """What every request passes, outermost first."""
    return [
        Middleware(Addresses, root_path=settings.root_path),
        Middleware(Accounts, traffic=traffic, prefix=PREFIX),
        Middleware(Headers),
        Middleware(Faults),
        Middleware(Origins),
        Middleware(Bodies, limit=settings.limits.body_bytes),
    ]


@asynccontextmanager
async def alive(
    store: SqliteStore, backend: Backend, traffic: Traffic, settings: Settings
) -> AsyncIterator[None]:
    """Everything that goes on while the server runs; at the end, all of it is kept."""
    store.open()
    backend.start()
    housekeeping = asyncio.create_task(Housekeeping(backend, store, settings.limits).run())
    watching = asyncio.create_task(traffic.watch_loop())
    log.info("started", extra={"trainers": settings.trainers, "networks": len(store)})
    yield
    housekeeping.cancel()
    watching.cancel()
    await backend.stop()
    await store.close()
    log.info("ended")


def trainers(store: Store, settings: Settings) -> Backend:
    """The back end of today (`app.services.backend`)."""
    return Trainers(store, settings.limits, settings.trainers)


def create_app(
    settings: Settings | None = None, hosted_by: Callable[[Store, Settings], Backend] = trainers
) -> FastAPI:
    """The playground with these settings, or those of the environment. hosted_by: where networks live."""
    settings = settings or Settings()
    store, traffic = SqliteStore(settings.data), Traffic()
    backend = hosted_by(store, settings)

    app = FastAPI(
        title="Backprop playground",
        description="Train real networks, look into every unit, and watch. Errors are RFC 9457 problems.",
        docs_url=None,
        redoc_url=None,
        lifespan=lambda _: alive(store, backend, traffic, settings),
        middleware=passed_by(settings, traffic),
    )
    app.state.settings = settings
    app.state.store = store
    app.state.traffic = traffic
    app.state.metrics = Metrics(backend, store, traffic)
    app.state.networks = Networks(backend, store, settings.limits)
    app.state.exhibits = Exhibits(PACKAGE / "exhibits", settings.exhibits, settings.limits)
    app.state.catalog = json.dumps(catalog(settings.limits), ensure_ascii=False)
    app.state.evaluator = rendered(page.templates.get_template("evaluator.js").render)
    app.state.assets = Assets(folder("static"), app.state.evaluator)
    for prefix in ("", f"/{KEPT}/{{version}}"):
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
    app.openapi = completed(app.openapi)  # type: ignore[method-assign]
    return app
