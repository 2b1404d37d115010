"""The application: settings in, a server's ASGI application out."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from app.errors import add_error_handlers
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
from app.services.housekeeping import Housekeeping
from app.services.keeping.sqlite import SqliteStore
from app.services.networks import Networks
from app.services.trainers import Trainers
from app.settings import Settings

PREFIX = "/api/v1"


def passed_by(settings: Settings) -> list[Middleware]:
    """What every request passes, outermost first."""
    return [
        Middleware(Headers),
        Middleware(Faults),
        Middleware(Origins),
        Middleware(Bodies, limit=settings.limits.body_bytes),
    ]


@asynccontextmanager
async def alive(store: SqliteStore, trainers: Trainers, settings: Settings) -> AsyncIterator[None]:
    """Everything that goes on while the server runs; at the end, all of it is kept."""
    store.open()
    trainers.start()
    housekeeping = asyncio.create_task(Housekeeping(trainers, store, settings.limits).run())
    yield
    housekeeping.cancel()
    await trainers.stop()
    await store.close()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The playground with these settings, or those of the environment."""
    settings = settings or Settings()
    store = SqliteStore(settings.data)
    trainers = Trainers(store, settings.limits, settings.trainers)

    app = FastAPI(
        title="Backprop playground",
        description="Train real networks, look into every unit, and watch. Errors are RFC 9457 problems.",
        docs_url=None,
        redoc_url=None,
        root_path=settings.root_path,
        lifespan=lambda _: alive(store, trainers, settings),
        middleware=passed_by(settings),
    )
    app.state.settings = settings
    app.state.store = store
    app.state.trainers = trainers
    app.state.networks = Networks(trainers, store, settings.limits)
    own = [settings.exhibits] if settings.exhibits else []
    app.state.exhibits = Exhibits([PACKAGE / "exhibits", *own])
    app.state.catalog = json.dumps(catalog(settings.limits), ensure_ascii=False).encode()
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
    add_error_handlers(app)
    app.openapi = completed(app.openapi)  # type: ignore[method-assign]
    return app
