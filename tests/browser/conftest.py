"""A real server and a real browser, once for all browser tests, and a page that minds what a user would mind.

`server` is the address of a playground of its own. `page` opens there: `page.goto("/")` is its front page.
A test fails if its page logs an error, throws, or asks another host for anything. One that provokes an error
on purpose takes the fixture `page_errors`, asserts what is in it, and empties it.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from tests.browser.chromium import FLAGS, chromium
from tests.browser.playground import Playground

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 20
SECONDS_TO_STOP = 10
LAPTOP = ViewportSize(width=1280, height=720)

expect.set_options(timeout=10_000)  # two browsers on two cores: slow is not wrong


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def await_health(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server answers; fail with its log if it ends or stays silent."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/api/v1/healthz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"the server did not answer {address}/api/v1/healthz:\n{log.read_text()}")


@contextmanager
def running_server(log: Path, **settings: str) -> Iterator[str]:
    """A playground's address; at the end it must stop when asked, with no traceback logged."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=ROOT,
            env=os.environ | {"HOST": "127.0.0.1", "PORT": str(port), **settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            await_health(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
            process.terminate()
            process.wait(SECONDS_TO_STOP)
        finally:
            process.kill()
            process.wait()
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running playground, which serves the built page."""
    with running_server(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium (or whatever CHROMIUM names), without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A visitor with an empty profile and a laptop's screen; `context.new_page()` opens another tab."""
    context = browser.new_context(base_url=server, viewport=LAPTOP, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(autouse=True)
def page_errors(context: BrowserContext, server: str) -> Iterator[list[str]]:
    """Everything wrong that a tab of the visitor has seen so far; what is left at the end fails the test."""
    page_errors: list[str] = []
    host = urlsplit(server).netloc

    def note_request(request: Request | WebSocket) -> None:
        address = urlsplit(request.url)
        if address.netloc not in ("", host) and address.scheme != "blob":
            page_errors.append(f"asked another host: {request.url}")

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            page_errors.append(f"console: {message.text} {message.location['url']}".rstrip())

    def watch(page: Page) -> None:
        page.on("websocket", note_request)
        page.on("crash", lambda _: page_errors.append(f"the page crashed: {page.url}"))

    context.on("page", watch)
    context.on("request", note_request)
    context.on("weberror", lambda thrown: page_errors.append(f"thrown: {thrown.error}"))
    context.on("console", note_message)
    yield page_errors
    assert not page_errors, "\n".join(page_errors)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of the visitor."""
    return context.new_page()


@pytest.fixture
def playground(page: Page, server: str) -> Iterator[Playground]:
    """The page, not yet open, with a script's client beside it; its network does not outlive the test."""
    playground = Playground(page, server)
    with playground.rest:
        yield playground
        playground.close()
