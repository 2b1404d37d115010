"""The page in a real browser: `python -m benchmarks.pages`, how soon it is there and how smoothly it draws.

A first view is that of a browser that has nothing cached, a second view that of one that has. A slow view is
a first view through a network that Chromium emulates: `--round-trip` in milliseconds, `--megabits` a second
both ways. Painted means that the boundary, the unit maps and the links are on the screen; in the lecture,
that the first picture is. `first_calls_ms` is when the second REST call was sent, `script_ms` when the last
byte of the main script came. Drawn frames are those with a new boundary picture. Busy is the processor time
of the renderer's main thread, everything in it included. Other work on the machine changes every figure, so
the load average is printed with each.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, product
from statistics import median
from typing import Any, NamedTuple

import httpx
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.servers import running
from tests.browser.chromium import FLAGS, chromium
from tests.browser.network_log import NetworkLog

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
ANY_PICTURE = "Math.max(0, ...Object.values(told.first))"
TARGETS = {
    "/": "at most 20 requests, 260,000 bytes, painted after 1,200 ms",
    "/lecture": "at most 25 requests",
}
"""Of slow views, at 150 ms and 5 Mbit/s."""
TIMELINE = """() => {
  const { src } = document.querySelector('script[type=module]:not([async])');
  const files = performance.getEntriesByType('resource');
  const calls = files.filter(({ name }) => name.includes('/api/v1/')).map(({ startTime }) => startTime);
  const script = files.find(({ name }) => name === src);
  return { first_calls_ms: calls.sort((a, b) => a - b)[1], script_ms: script?.responseEnd ?? 0 };
}"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


class Network(NamedTuple):
    """A network to emulate."""

    round_trip_ms: float
    megabits: float

    def __str__(self) -> str:
        return f"{self.round_trip_ms:g} ms, {self.megabits:g} Mbit/s"

    def conditions(self) -> dict[str, Any]:
        """The same for DevTools, which count bytes."""
        bytes_a_second = self.megabits * 1e6 / 8
        return {
            "offline": False,
            "latency": self.round_trip_ms,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        }


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


def painted(page: Page, when_painted: str = PAINTED) -> float:
    """Milliseconds from navigation until all is painted."""
    for _ in range(PATIENCE):
        if when := page.evaluate(when_painted):
            return float(when)
        page.wait_for_timeout(MOMENT)
    raise RuntimeError("the page never painted its network")


def view(
    context: BrowserContext, address: str, network: Network | None = None, when_painted: str = PAINTED
) -> dict[str, float]:
    """One view of a page."""
    with counted(context) as (page, session):
        if network:
            session.send("Network.emulateNetworkConditions", network.conditions())
        log = NetworkLog().watch(session)
        page.goto(address)
        figures = {"painted_ms": painted(page, when_painted), "first_paint_ms": page.evaluate(FIRST_PAINT)}
        page.wait_for_load_state("networkidle")
        figures |= page.evaluate(TIMELINE)
        return figures | {"requests": len(log.addresses), "bytes": log.bytes}


def say_medians(views: list[dict[str, float]], **what: Any) -> None:
    """Print the median of each figure."""
    say(**what, **{key: round(median(one[key] for one in views)) for key in views[0]})


def views(browser: Browser, address: str, rounds: int) -> None:
    """First and second views; the median of several."""
    seen: dict[str, list[dict[str, float]]] = {"first view": [], "second view": []}
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        for told in seen.values():
            told.append(view(context, address))
        context.close()
    for name, all_views in seen.items():
        say_medians(all_views, what=name)


def slow_views(browser: Browser, address: str, network: Network, rounds: int) -> None:
    """First views through a slow network; the median of several."""
    for path, when_painted in (("/", PAINTED), ("/lecture", ANY_PICTURE)):
        seen = []
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            seen.append(view(context, address.rstrip("/") + path, network, when_painted))
            context.close()
        say_medians(seen, what=f"{path} at {network}", target=TARGETS[path])


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
    parser.add_argument("--only-views", action="store_true", help="leave out the frames")
    parser.add_argument("--round-trip", type=float, default=150.0, help="milliseconds, of slow views")
    parser.add_argument("--megabits", type=float, default=5.0, help="a second, of slow views")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each network")
    options = parser.parse_args(arguments)
    network = Network(options.round_trip, options.megabits)
    with running() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        views(browser, address, options.rounds)
        slow_views(browser, address, network, options.rounds)
        if not options.only_views:
            frames(browser, address, options.seconds)
        browser.close()


if __name__ == "__main__":
    main()
