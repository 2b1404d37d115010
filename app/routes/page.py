"""The page, and what it loads."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Cookie, Depends, Header, Query, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from app import __version__
from app.paths import folder
from app.services.pages.api_reference import reference
from app.services.pages.assets import Assets
from app.services.pages.negotiation import available_languages, negotiate_language
from app.web.problem_samples import SAMPLES
from app.web.static_files import ASSET_PREFIX, REVALIDATE, cache_control, text_response


class PageRoute(APIRoute):
    """A page can be asked for without its content, as everything on the web can."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.methods = {*(self.methods or ()), "HEAD"}


router = APIRouter(include_in_schema=False, route_class=PageRoute)
templates = Jinja2Templates(folder("templates"))

LANGUAGES = available_languages(folder("static") / "text")
LANGUAGE_COOKIE = "language"
A_YEAR = 365 * 24 * 3600
JAVASCRIPT = "text/javascript"
SCRIPTS = {
    "index.html": "js/pages/playground.js",
    "lecture.html": "js/pages/lecture.js",
    "expressions.html": "js/pages/expressions.js",
    "worksheets.html": "js/pages/worksheet.js",
    "reference.html": "js/pages/reference.js",
}


def get_language(
    language: Annotated[str | None, Query()] = None,
    remembered: Annotated[str | None, Cookie(alias=LANGUAGE_COOKIE)] = None,
    accept_language: Annotated[str, Header()] = "",
) -> str:
    """The language of a visitor's page."""
    return negotiate_language(LANGUAGES, language, remembered, accept_language)


LanguageDep = Annotated[str, Depends(get_language)]


def render_page(request: Request, name: str, language: str, **more: Any) -> Response:
    """A page in a language; the browser remembers one that its address asked for."""
    assets: Assets = request.app.state.assets
    words = {
        "language": language,
        "languages": LANGUAGES,
        "version": __version__,
        "kept": f"{ASSET_PREFIX}/{assets.refresh_version()}/",
        "script": SCRIPTS[name],
        "modules": assets.modules(SCRIPTS[name]),
        **more,
    }
    page = text_response(request, templates.get_template(name).render(words), "text/html")
    page.headers["Cache-Control"] = REVALIDATE
    page.headers["Content-Language"] = language
    page.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    if request.query_params.get("language") == language:
        page.set_cookie(
            LANGUAGE_COOKIE, language, A_YEAR, path=request.scope.get("root_path") or "/", samesite="lax"
        )
    return page


@router.get("/")
async def show_page(request: Request, language: LanguageDep) -> Response:
    """The playground."""
    return render_page(request, "index.html", language)


@router.get("/lecture")
async def show_lecture(request: Request, language: LanguageDep) -> Response:
    """The lecture, a page at a time."""
    return render_page(request, "lecture.html", language)


@router.get("/expressions")
async def show_expressions(request: Request, language: LanguageDep) -> Response:
    """Formulas, and units of networks, opened into gates."""
    return render_page(request, "expressions.html", language)


@router.get("/worksheets")
async def show_worksheet(request: Request, language: LanguageDep) -> Response:
    """A worksheet for paper, its key on a page apart: ?exhibit=…&seed=…&count=…"""
    return render_page(request, "worksheets.html", language)


@router.get("/lecture/{name}")
async def show_exhibit(name: str) -> Response:
    """One page of the lecture."""
    return RedirectResponse(f"../lecture#{quote(name)}", 307)


@router.get("/docs")
def show_reference(request: Request, language: LanguageDep) -> Response:
    """Every operation of the API, to read and to try."""
    operations = reference(request.app.openapi(), str(request.base_url).rstrip("/"))
    return render_page(request, "reference.html", language, reference=operations, problems=SAMPLES)


@router.get("/problems/{kind}")
async def show_problem(kind: str) -> Response:
    """What a problem's type means."""
    return RedirectResponse(f"../docs#problem-{quote(kind)}", 307)


@router.get(f"/{ASSET_PREFIX}/{{version}}/css/{{names}}.css")
async def show_styles(request: Request, version: str, names: str) -> Response:
    """A page's style sheets as one."""
    assets: Assets = request.app.state.assets
    sheet = assets.styles(names)
    if sheet is None:
        raise HTTPException(404)
    styles = text_response(request, sheet, "text/css")
    styles.headers["Cache-Control"] = cache_control(assets, version)
    return styles


@router.get("/evaluator.js")
@router.get(f"/{ASSET_PREFIX}/{{version}}/evaluator.js")
async def show_evaluator(request: Request, version: str = "") -> Response:
    """The engine's functions in JavaScript, rendered from its registries."""
    module = text_response(request, request.app.state.evaluator, JAVASCRIPT)
    module.headers["Cache-Control"] = cache_control(request.app.state.assets, version)
    return module
