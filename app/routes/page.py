"""The page, and what it loads."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse
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


@router.get("/lecture")
async def show_lecture(request: Request) -> Response:
    """The lecture, a page at a time."""
    return templates.TemplateResponse(request, "lecture.html", headers={"Cache-Control": REVALIDATE})


@router.get("/expressions")
async def show_expressions(request: Request) -> Response:
    """Formulas, and units of networks, opened into gates."""
    return templates.TemplateResponse(request, "expressions.html", headers={"Cache-Control": REVALIDATE})


@router.get("/lecture/{name}")
async def show_exhibit(name: str) -> Response:
    """One page of the lecture."""
    return RedirectResponse(f"../lecture#{quote(name)}", 307)


@router.get("/evaluator.js")
async def show_evaluator(request: Request) -> Response:
    """The engine's functions in JavaScript, rendered from its registries."""
    return Response(request.app.state.evaluator, media_type=JAVASCRIPT, headers={"Cache-Control": REVALIDATE})
