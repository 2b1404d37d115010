"""Loading a page: few requests, few bytes, and the first calls sent before the main script."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.network_log import NetworkLog
from tests.browser.playground import COMPLETE, Playground

STATIC = Path(__file__).resolve().parents[2] / "static"
MANIFEST = json.loads((STATIC / "dist" / "manifest.json").read_text(encoding="utf-8"))
WORDS = re.compile(r"\w")


def told(request: Request) -> str:
    return f"{request.method} {urlsplit(request.url).path}"


def load(page: Page, address: str, until_loaded: Callable[[], object]) -> NetworkLog:
    """Open a page with an empty cache; return what it asked for once the network is quiet."""
    session = page.context.new_cdp_session(page)
    log = NetworkLog().watch(session)
    page.goto(address)
    until_loaded()
    page.wait_for_load_state("networkidle")
    session.detach()
    return log


def test_the_playground_is_at_most_20_requests_and_260_kb(playground: Playground):
    playground.page.emulate_media(reduced_motion="no-preference")
    log = load(playground.page, "/", lambda: playground.until(COMPLETE))
    assert len(log.addresses) <= 20, "\n".join(log.addresses)
    assert 100_000 < log.bytes <= 260_000
    assert not [address for address in log.addresses if "katex" in address.lower()]
    assert len(set(log.addresses)) == len(log.addresses), "nothing is asked for twice"


def test_the_lecture_is_at_most_25_requests_and_400_kb(page: Page):
    log = load(page, "/lecture", expect(page.locator("#words .katex").first).to_be_visible)
    assert len(log.addresses) <= 25, "\n".join(log.addresses)
    assert log.bytes <= 400_000
    assert len(set(log.addresses)) == len(log.addresses), "nothing is asked for twice"


def test_a_second_visit_asks_for_no_file_again(page: Page):
    for address in ("/lecture", "/expressions"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        log = load(page, address, lambda: expect(page).to_have_title(WORDS))
        files = [name for name in log.addresses if "/static/" in name or "evaluator" in name]
        assert not files


@pytest.mark.parametrize(
    ("address", "name", "calls"),
    [
        ("/", "index", ["GET /api/v1/catalog", "POST /api/v1/networks"]),
        ("/lecture", "lecture", ["GET /api/v1/catalog", "GET /api/v1/exhibits"]),
    ],
)
def test_the_first_calls_are_sent_before_the_main_script_has_come(
    page: Page, address: str, name: str, calls: list[str]
):
    sent: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.on("request", lambda request: sent.append(told(request)))
    page.route(f"**/{MANIFEST[name]['script']}", hold)
    first, second = calls
    with (
        page.expect_request(lambda request: told(request) == first),
        page.expect_request(lambda request: told(request) == second),
    ):
        page.goto(address, wait_until="commit")
    [script] = held
    assert page.title() == ""
    script.continue_()
    expect(page).to_have_title(WORDS)
    page.wait_for_load_state("networkidle")
    assert [sent.count(call) for call in calls] == [1, 1], "their answers are taken, not asked for again"
