"""Routes of the HTML pages, and of the files that they load."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Cookie, Depends, Header, Query, Request, Response
from starlette.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from app import __version__
from app.paths import folder
from app.services.pages.api_reference import reference
from app.services.pages.assets import Assets
from app.services.pages.negotiation import available_languages, negotiate_language
from app.services.pages.rendered_pages import PageKey, RenderedPage, RenderedPages
from app.web.problem_samples import SAMPLES
from app.web.static_files import ASSET_PREFIX, REVALIDATE, cache_control, takes_gzip, text_response

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(folder("templates"))

LANGUAGES = available_languages(folder("static") / "text")
LANGUAGE_COOKIE = "language"
A_YEAR = 365 * 24 * 3600
JAVASCRIPT = "text/javascript"
SHOWS_ITS_ADDRESS = {"reference"}


def get_language(
    language: Annotated[str | None, Query()] = None,
    remembered: Annotated[str | None, Cookie(alias=LANGUAGE_COOKIE)] = None,
    accept_language: Annotated[str, Header()] = "",
) -> str:
    """Return the language of a visitor's page."""
    return negotiate_language(LANGUAGES, language, remembered, accept_language)


LanguageDep = Annotated[str, Depends(get_language)]


def _is_known(request: Request, page: RenderedPage) -> bool:
    """Return whether the browser has this page already."""
    return page.etag in request.headers.get("If-None-Match", "").split(", ")


def _answer(request: Request, page: RenderedPage, language: str) -> Response:
    """Return a page as the browser takes it: not again if it has this page, compressed if it can be."""
    headers = {
        "Cache-Control": REVALIDATE,
        "Content-Language": language,
        "ETag": page.etag,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if _is_known(request, page):
        return Response(status_code=304, headers=headers)
    if takes_gzip(request.scope):
        return Response(page.gzipped, headers=headers | {"Content-Encoding": "gzip"}, media_type="text/html")
    return Response(page.html, headers=headers, media_type="text/html")


def render_page(
    request: Request, name: str, language: str, more: Callable[[], dict[str, Any]] = dict
) -> Response:
    """Return a page in a language; the browser remembers a language that its address asks for.

    more: returns what the template of this page needs beside the language and the files.
    """
    assets: Assets = request.app.state.assets
    pages: RenderedPages = request.app.state.rendered_pages
    version = assets.refresh_version()

    def render() -> str:
        files = assets.page(name)
        kept = f"{ASSET_PREFIX}/{version}/"
        words = {
            "page": name,
            "language": language,
            "languages": LANGUAGES,
            "version": __version__,
            "kept": kept,
            "files": files,
        }
        return templates.get_template(f"{name}.html").render(words | more())

    base_url = str(request.base_url) if name in SHOWS_ITS_ADDRESS else ""
    page = pages.get(PageKey(name, language, version, base_url), render)
    answer = _answer(request, page, language)
    if request.query_params.get("language") == language:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, A_YEAR, path=request.scope.get("root_path") or "/", samesite="lax"
        )
    return answer


@router.get("/")
async def show_page(request: Request, language: LanguageDep) -> Response:
    """Return the playground."""
    return render_page(request, "index", language)


@router.get("/lecture")
async def show_lecture(request: Request, language: LanguageDep) -> Response:
    """Return the lecture."""
    return render_page(request, "lecture", language)


@router.get("/expressions")
async def show_expressions(request: Request, language: LanguageDep) -> Response:
    """Return the page of expressions: formulas and units as computation graphs."""
    return render_page(request, "expressions", language)


@router.get("/worksheets")
async def show_worksheet(request: Request, language: LanguageDep) -> Response:
    """Return a worksheet for paper, its key on its own page: ?exhibit=…&seed=…&count=…"""
    return render_page(request, "worksheets", language)


@router.get("/lecture/{name}")
async def show_exhibit(name: str) -> Response:
    """Redirect to one page of the lecture."""
    return RedirectResponse(f"../lecture#{quote(name)}", 307)


@router.get("/docs")
def show_reference(request: Request, language: LanguageDep) -> Response:
    """Return the API reference, to read and to try."""

    def described() -> dict[str, Any]:
        operations = reference(request.app.openapi(), str(request.base_url).rstrip("/"))
        return {"reference": operations, "problems": SAMPLES}

    return render_page(request, "reference", language, described)


@router.get("/problems/{kind}")
async def show_problem(kind: str) -> Response:
    """Redirect to the meaning of a problem's type."""
    return RedirectResponse(f"../docs#problem-{quote(kind)}", 307)


@router.get("/evaluator.js")
@router.get(f"/{ASSET_PREFIX}/{{version}}/evaluator.js")
async def show_evaluator(request: Request, version: str = "") -> Response:
    """Return the engine's functions in JavaScript, rendered from its registries."""
    module = text_response(request, request.app.state.evaluator, JAVASCRIPT)
    module.headers["Cache-Control"] = cache_control(request.app.state.assets, version)
    return module
