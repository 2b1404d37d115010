"""The application: settings in, a server's ASGI application out."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from app.errors import add_error_handlers
from app.middleware.accounts import Accounts
from app.middleware.addresses import Addresses
from app.middleware.bodies import Bodies
from app.middleware.faults import Faults
from app.middleware.headers import Headers
from app.middleware.origins import Origins
from app.openapi import completed
from app.paths import PACKAGE, folder
from app.routes import (
    data,
    exhibits,
    inspection,
    live,
    networks,
    page,
    parameters,
    questions,
    service,
    training,
    worksheets,
)
from app.routes.files import KEPT, Files
from app.services.assets import Assets
from app.services.catalog import catalog
from app.services.evaluator import rendered
from app.services.exhibits import Exhibits
from app.services.hosting.trainers import Trainers
from app.services.housekeeping import Housekeeping
from app.services.keeping.sqlite import SqliteStore
from app.services.metrics import Metrics
from app.services.networks import Networks
from app.services.seam import Backend
from app.services.stores import Store
from app.services.traffic import Traffic
from app.settings import Settings

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
    """The back end of today (`app.services.seam`)."""
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
        networks, training, parameters, inspection, questions, data, service, exhibits, worksheets, live,
    ):  # fmt: skip
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(page.router)
    app.include_router(live.nowhere)
    add_error_handlers(app)
    app.openapi = completed(app.openapi)  # type: ignore[method-assign]
    return app
