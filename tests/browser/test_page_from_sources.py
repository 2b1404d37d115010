"""The page from its sources, as a developer runs it (PAGE=source); every other test has the built page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import running_server
from tests.browser.playground import Playground

MAIN = "document.querySelector('script[type=module]:not([async])').getAttribute('src')"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running playground, which serves the sources of the page."""
    with running_server(tmp_path_factory.mktemp("sources") / "log.txt", PAGE="source") as address:
        yield address


def test_the_playground_learns_and_its_microscope_opens(playground: Playground):
    page = playground.open().page
    playground.wait_for_pictures()
    assert "/static/js/" in page.evaluate(MAIN)
    page.click("#transport [name=play]")
    page.click("#microscope [name=microscope]")
    expect(page.locator("#microscope-body .katex").first).to_be_visible()


def test_the_lecture_draws_its_page(page: Page):
    page.goto("/lecture#xnor")
    expect(page.locator("#words .katex").first).to_be_visible()
    expect(page.locator("#stands .unit").first).to_be_visible()


@pytest.mark.parametrize(
    ("address", "selector"),
    [("/expressions", ".samples button"), ("/worksheets", "#sheet li"), ("/docs", ".operation")],
)
def test_every_other_page_comes_to_life(page: Page, address: str, selector: str):
    page.goto(address)
    expect(page).to_have_title(re.compile(r"\w"))
    expect(page.locator(selector).first).to_be_visible()
