"""The page in a real browser: `python -m benchmarks.pages`, how soon it is there and how smoothly it draws.

A first view is that of a browser that has nothing kept, a second view that of one that has. Painted means
that the boundary, the unit maps and the links are on the screen. Drawn frames are those with a new boundary
picture. Busy is the processor time of the renderer's main thread, everything in it included. Other work on
the machine changes every figure, so the load average is printed with each.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, product
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.servers import running
from tests.browser.chromium import FLAGS, chromium

SIZES = {"1280×720": (1280, 720), "1920×1080": (1920, 1080)}
FEATURES = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]
DEEP = {"features": FEATURES, "layers": [{"units": n, "activation": "tanh"} for n in (8, 8, 8, 1)]}
NETWORKS: dict[str, dict[str, Any]] = {"2-4-2-1": {}, "7-8-8-8-1": DEEP}
WARM = 3_000
MOMENT = 20
PATIENCE = 1_000
COUNTING = """(() => {
  const told = (window.told = { pictures: {}, first: {}, frames: [] });
  const given = ImageBitmapRenderingContext.prototype.transferFromImageBitmap;
  ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (picture) {
    const { id } = this.canvas;
    told.pictures[id] = (told.pictures[id] ?? 0) + 1;
    told.first[id] ??= performance.now();
    return given.call(this, picture);
  };
  const tick = (now) => {
    told.frames.push(now);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})()"""
PAINTED = (
    "['field', 'maps', 'links'].every((id) => id in told.first) ? Math.max(...Object.values(told.first)) : 0"
)
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def say(**figures: Any) -> None:
    print(json.dumps({**figures, "load": round(os.getloadavg()[0], 1)}, ensure_ascii=False), flush=True)


@contextmanager
def counted(context: BrowserContext) -> Iterator[tuple[Page, CDPSession]]:
    """A page that counts its frames and pictures."""
    page = context.new_page()
    page.add_init_script(COUNTING)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    yield page, session
    page.close()


def painted(page: Page) -> float:
    """Milliseconds from navigation until all is painted."""
    for _ in range(PATIENCE):
        if when := page.evaluate(PAINTED):
            return float(when)
        page.wait_for_timeout(MOMENT)
    raise RuntimeError("the page never painted its network")


def view(context: BrowserContext, address: str) -> dict[str, float]:
    """One view of the front page."""
    with counted(context) as (page, session):
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(address)
        figures = {"painted_ms": painted(page), "first_paint_ms": page.evaluate(FIRST_PAINT)}
        page.wait_for_load_state("networkidle")
        return figures | {"requests": sum(size > 0 for size in sizes), "bytes": sum(sizes)}


def views(browser: Browser, address: str, rounds: int) -> None:
    """First and second views; the median of several."""
    seen: dict[str, list[dict[str, float]]] = {"first view": [], "second view": []}
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        for told in seen.values():
            told.append(view(context, address))
        context.close()
    for name, all_views in seen.items():
        say(what=name, **{key: round(median(one[key] for one in all_views)) for key in all_views[0]})


def busy(session: CDPSession) -> float:
    """Seconds the main thread has worked so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(entry["value"]) for entry in metrics if entry["name"] == "TaskDuration")


def watched(browser: Browser, address: str, size: tuple[int, int], seconds: float) -> tuple[Any, float]:
    """What a page counts in so many seconds, and for how many of them it is busy."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    with counted(context) as (page, session):
        page.goto(address)
        painted(page)
        page.wait_for_timeout(WARM)
        page.evaluate("told.frames.length = 0; told.pictures = {}")
        before = busy(session)
        page.wait_for_timeout(seconds * 1000)
        told, spent = page.evaluate("told"), busy(session) - before
    context.close()
    return told, spent


def frames(browser: Browser, address: str, seconds: float) -> None:
    """Frames a second while a network plays at 60 epochs a second."""
    api = httpx.Client(base_url=f"{address}api/v1", timeout=60, trust_env=False)
    for (name, spec), (size, pixels) in product(NETWORKS.items(), SIZES.items()):
        network = api.post("/networks", json=spec).raise_for_status().json()["id"]
        api.post(f"/networks/{network}/play", json={"epochs_per_second": 60})
        told, spent = watched(browser, f"{address}#id={network}", pixels, seconds)
        steps = sorted(b - a for a, b in pairwise(told["frames"]))
        span = sum(steps) / 1000
        say(
            what=f"{name} at {size}",
            frames_per_second=round(len(steps) / span, 1),
            worst_of_100_ms=round(steps[len(steps) * 99 // 100], 1),
            busy_ms_per_frame=round(1000 * spent / len(steps), 2),
            pictures_per_second={key: round(count / span, 1) for key, count in told["pictures"].items()},
        )
        api.delete(f"/networks/{network}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="views")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each network")
    options = parser.parse_args(arguments)
    with running() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        views(browser, address, options.rounds)
        frames(browser, address, options.seconds)
        browser.close()


if __name__ == "__main__":
    main()
