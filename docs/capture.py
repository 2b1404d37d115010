"""Takes the README's moving picture, docs/playground.webp, of a running playground: a circle, then a spiral.

python -m docs.capture http://127.0.0.1:8000/

Networks take their steps between two pictures, so that it is the same however busy the machine is. An
animated WebP is a file of single pictures, each in a frame, as
https://developers.google.com/speed/webp/docs/riff_container has it.
"""

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from struct import pack
from typing import Any

import httpx
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.chromium import FLAGS, chromium

MOVING = Path(__file__).with_name("playground.webp")
WIDTH, HEIGHT, SHRUNK = 1280, 720, 0.7
QUALITY = 60
FRAME, LAST = 160, 2500
"""Milliseconds."""
SETTLED = 250
SPIRAL = {
    "data": {"name": "spiral"},
    "layers": [{"units": 8}, {"units": 8}, {}],
    "optimizer": {"name": "adam", "learning_rate": 0.01},
}
SCENES: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [0, 1, 1, 2, *[4] * 12, 10, 20]),
    (SPIRAL, [0, 1, 2, 2, *[6] * 14, 10, 20, 30, 40]),
]
"""What is trained, and for how many epochs before each picture."""


def pictures(page: Page, address: str) -> Iterator[tuple[bytes, int]]:
    """Every picture and for how long it is shown."""
    devtools = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": SHRUNK}
    shot = {"format": "webp", "quality": QUALITY, "clip": clip}
    for spec, pauses in SCENES:
        api = httpx.Client(base_url=f"{address}api/v1", timeout=60, trust_env=False)
        network = api.post("/networks", json=spec).raise_for_status().json()["id"]
        page.goto(f"{address}#id={network}")
        page.wait_for_selector("html[data-complete]")
        for number, epochs in enumerate(pauses):
            if epochs:
                api.post(f"/networks/{network}/steps", json={"count": epochs, "unit": "epoch"})
            page.wait_for_timeout(SETTLED)
            picture = base64.b64decode(devtools.send("Page.captureScreenshot", shot)["data"])
            yield picture, LAST if number == len(pauses) - 1 else FRAME


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a WebP file, each with its name."""
    at = 12
    while at < len(picture):
        size = int.from_bytes(picture[at + 4 : at + 8], "little")
        yield picture[at : at + 4], picture[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a WebP file."""
    return name + pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def short(number: int) -> bytes:
    """Three bytes."""
    return number.to_bytes(3, "little")


def moving(shown: list[tuple[bytes, int]], width: int, height: int) -> bytes:
    """All pictures as one animated WebP that begins again for ever."""
    size = short(width - 1) + short(height - 1)
    body = chunk(b"VP8X", b"\x02\0\0\0" + size) + chunk(b"ANIM", b"\xff\xff\xff\xff\0\0")
    for picture, milliseconds in shown:
        [drawn] = [chunk(name, content) for name, content in chunks(picture) if name.startswith(b"VP8 ")]
        body += chunk(b"ANMF", short(0) * 2 + size + short(milliseconds) + b"\x02" + drawn)
    return chunk(b"RIFF", b"WEBP" + body)


def take(address: str) -> None:
    """The moving picture, written to its file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport=ViewportSize(width=WIDTH, height=HEIGHT))
        shown = list(pictures(page, address))
        browser.close()
    MOVING.write_bytes(moving(shown, round(WIDTH * SHRUNK), round(HEIGHT * SHRUNK)))


if __name__ == "__main__":
    take(sys.argv[1])
