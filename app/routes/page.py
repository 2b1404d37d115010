"""The page, and what it loads."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from app.paths import folder

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(folder("templates"))

REVALIDATE = "no-cache"
JAVASCRIPT = "text/javascript; charset=utf-8"


class Assets(StaticFiles):
    """Files that a browser may keep, but asks about before it uses them again."""

    def file_response(self, *arguments: Any, **options: Any) -> Response:
        response = super().file_response(*arguments, **options)
        response.headers["Cache-Control"] = REVALIDATE
        return response


@router.get("/")
async def show_page(request: Request) -> Response:
    """The playground."""
    return templates.TemplateResponse(request, "index.html", headers={"Cache-Control": REVALIDATE})


@router.get("/evaluator.js")
async def show_evaluator(request: Request) -> Response:
    """The engine's functions in JavaScript, rendered from its registries."""
    return Response(request.app.state.evaluator, media_type=JAVASCRIPT, headers={"Cache-Control": REVALIDATE})
