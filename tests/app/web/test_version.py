"""The version: one number in app/__init__.py, shown by the command line, the service, and the page."""

import re

import pytest

from app import __version__
from tests.app.server import Service, started
from tests.architecture.tree import ROOT

LANGUAGES = sorted(path.stem for path in (ROOT / "static" / "text").glob("*.json"))


def test_the_command_line_prints_the_version_and_ends():
    ended = started("--version", PORT="0")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"backprop-playground {__version__}\n", "")


def test_the_health_check_and_the_api_description_state_the_version(service: Service):
    assert service.http.get("/healthz").json() == {"status": "ok", "version": __version__}
    assert service.http.get(f"{service.address}/openapi.json").json()["info"]["version"] == __version__


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "lecture", "expressions", "docs"])
def test_a_page_shows_the_version_in_every_language(service: Service, page: str, language: str):
    html = service.http.get(f"{service.address}/{page}", params={"language": language}).text
    (shown,) = re.findall(r'<p class="version"><span data-text="help.version"></span> (.+)</p>', html)
    assert shown == __version__
    assert f'<html lang="{language}"' in html
