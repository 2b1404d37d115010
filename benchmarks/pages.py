"""Benchmark of the page in a real browser: `python -m benchmarks.pages` measures load time and frame rate.

- A first view has an empty browser cache, a second view a full one. A slow view is a first view through an
  emulated network: `--round-trip` in milliseconds, `--megabits` per second in both directions.
- Painted means that the boundary, the unit maps and the links are drawn; in the lecture, the first picture.
- `first_calls_ms` is the time of the second REST call, `script_ms` that of the main script's last byte.
- Drawn frames are frames with a new boundary picture.
- Busy is the processor time of the renderer's main thread.

Other work on the machine changes every figure, so the load average is printed with each.
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
WARM_UP_MS = 3_000
POLL_MS = 20
MAX_POLLS = 1_000
INSTRUMENTATION = """(() => {
  const counts = (window.counts = { pictures: {}, first: {}, frames: [] });
  const original = ImageBitmapRenderingContext.prototype.transferFromImageBitmap;
  ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (picture) {
    const { id } = this.canvas;
    counts.pictures[id] = (counts.pictures[id] ?? 0) + 1;
    counts.first[id] ??= performance.now();
    return original.call(this, picture);
  };
  const tick = (now) => {
    counts.frames.push(now);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})()"""
PAINTED = (
    "['field', 'maps', 'links'].every((id) => id in counts.first)"
    " ? Math.max(...Object.values(counts.first)) : 0"
)
ANY_PICTURE = "Math.max(0, ...Object.values(counts.first))"
TARGETS = {
    "/": "at most 20 requests, 260,000 bytes, painted after 1,200 ms",
    "/lecture": "at most 25 requests",
}
"""Targets of slow views, at 150 ms and 5 Mbit/s."""
TIMELINE = """() => {
  const { src } = document.querySelector('script[type=module]:not([async])');
  const files = performance.getEntriesByType('resource');
  const calls = files.filter(({ name }) => name.includes('/api/v1/')).map(({ startTime }) => startTime);
  const script = files.find(({ name }) => name === src);
  return { first_calls_ms: calls.sort((a, b) => a - b)[1], script_ms: script?.responseEnd ?? 0 };
}"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


class Network(NamedTuple):
    """Network conditions to emulate."""

    round_trip_ms: float
    megabits: float

    def __str__(self) -> str:
        return f"{self.round_trip_ms:g} ms, {self.megabits:g} Mbit/s"

    def conditions(self) -> dict[str, Any]:
        """Return the conditions for the DevTools protocol."""
        bytes_per_second = self.megabits * 1e6 / 8
        return {
            "offline": False,
            "latency": self.round_trip_ms,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        }


def print_figures(**figures: Any) -> None:
    print(json.dumps({**figures, "load": round(os.getloadavg()[0], 1)}, ensure_ascii=False), flush=True)


@contextmanager
def instrumented_page(context: BrowserContext) -> Iterator[tuple[Page, CDPSession]]:
    """Open a page that counts its frames and pictures."""
    page = context.new_page()
    page.add_init_script(INSTRUMENTATION)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    yield page, session
    page.close()


def wait_until_painted(page: Page, when_painted: str = PAINTED) -> float:
    """Wait until everything is painted, and return the milliseconds since navigation."""
    for _ in range(MAX_POLLS):
        if when := page.evaluate(when_painted):
            return float(when)
        page.wait_for_timeout(POLL_MS)
    raise RuntimeError("the page never painted its network")


def view(
    context: BrowserContext, address: str, network: Network | None = None, when_painted: str = PAINTED
) -> dict[str, float]:
    """Load a page and return the figures of this view."""
    with instrumented_page(context) as (page, session):
        if network:
            session.send("Network.emulateNetworkConditions", network.conditions())
        log = NetworkLog().watch(session)
        page.goto(address)
        painted_ms = wait_until_painted(page, when_painted)
        figures = {"painted_ms": painted_ms, "first_paint_ms": page.evaluate(FIRST_PAINT)}
        page.wait_for_load_state("networkidle")
        figures |= page.evaluate(TIMELINE)
        return figures | {"requests": len(log.addresses), "bytes": log.bytes}


def print_medians(views: list[dict[str, float]], **what: Any) -> None:
    """Print the median of each figure."""
    print_figures(**what, **{key: round(median(view[key] for view in views)) for key in views[0]})


def measure_views(browser: Browser, address: str, rounds: int) -> None:
    """Print the medians of several first and second views."""
    views: dict[str, list[dict[str, float]]] = {"first view": [], "second view": []}
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        for figures in views.values():  # the second view finds what the first has cached
            figures.append(view(context, address))
        context.close()
    for name, figures in views.items():
        print_medians(figures, what=name)


def measure_slow_views(browser: Browser, address: str, network: Network, rounds: int) -> None:
    """Print the medians of several first views through a slow network."""
    for path, when_painted in (("/", PAINTED), ("/lecture", ANY_PICTURE)):
        views = []
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            views.append(view(context, address.rstrip("/") + path, network, when_painted))
            context.close()
        print_medians(views, what=f"{path} at {network}", target=TARGETS[path])


def busy_seconds(session: CDPSession) -> float:
    """Return the processor time of the main thread so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(entry["value"]) for entry in metrics if entry["name"] == "TaskDuration")


def count_frames(browser: Browser, address: str, size: tuple[int, int], seconds: float) -> tuple[Any, float]:
    """Return the counts of a page over this time, and its busy seconds."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    with instrumented_page(context) as (page, session):
        page.goto(address)
        wait_until_painted(page)
        page.wait_for_timeout(WARM_UP_MS)
        page.evaluate("counts.frames.length = 0; counts.pictures = {}")
        before = busy_seconds(session)
        page.wait_for_timeout(seconds * 1000)
        counts, busy = page.evaluate("counts"), busy_seconds(session) - before
    context.close()
    return counts, busy


def measure_frames(browser: Browser, address: str, seconds: float) -> None:
    """Print frames per second while a network plays at 60 epochs per second."""
    api = httpx.Client(base_url=f"{address}api/v1", timeout=60, trust_env=False)
    for (name, spec), (size, pixels) in product(NETWORKS.items(), SIZES.items()):
        network = api.post("/networks", json=spec).raise_for_status().json()["id"]
        api.post(f"/networks/{network}/play", json={"epochs_per_second": 60})
        counts, busy = count_frames(browser, f"{address}#id={network}", pixels, seconds)
        intervals = sorted(b - a for a, b in pairwise(counts["frames"]))
        span = sum(intervals) / 1000
        print_figures(
            what=f"{name} at {size}",
            frames_per_second=round(len(intervals) / span, 1),
            worst_of_100_ms=round(intervals[len(intervals) * 99 // 100], 1),
            busy_ms_per_frame=round(1000 * busy / len(intervals), 2),
            pictures_per_second={key: round(count / span, 1) for key, count in counts["pictures"].items()},
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
        measure_views(browser, address, options.rounds)
        measure_slow_views(browser, address, network, options.rounds)
        if not options.only_views:
            measure_frames(browser, address, options.seconds)
        browser.close()


if __name__ == "__main__":
    main()
