"""Scenarios of a lecture, played by simulated students and measured."""

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter
from typing import Any

from benchmarks.load.metrics_scrape import LoopLag
from benchmarks.load.virtual_users import Classroom, SeenFrame, Student
from benchmarks.processes import Cores

FRAMES = 10.0
PACE = 30.0
LAYERS: dict[str, list[int]] = {
    "2-4-2-1": [4, 2, 1], "7-8-8-8-1": [8, 8, 8, 1], "2-8-1": [8, 1], "2-3-3-1": [3, 3, 1],
    "2-6-4-1": [6, 4, 1], "2-8-8-1": [8, 8, 1], "2-5-5-5-1": [5, 5, 5, 1], "2-2-1": [2, 1],
}  # fmt: skip
SEVEN = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]


@dataclass(frozen=True)
class Figure:
    """Figure of a scenario. target: the maximum to stay below, or the minimum to reach if not `at_most`."""

    scenario: str
    what: str
    value: float
    target: float | None = None
    at_most: bool = True

    def __str__(self) -> str:
        if self.target is None:
            return f"{self.scenario:<38} {self.what:<30} {self.value:>10.4g}"
        met = self.value <= self.target if self.at_most else self.value >= self.target
        sign = "≤" if self.at_most else "≥"
        aim, verdict = f"{sign} {self.target:g}", "yes" if met else "no"
        return f"{self.scenario:<38} {self.what:<30} {self.value:>10.4g}  {aim:<8} {verdict}"


def spec(shape: str) -> dict[str, Any]:
    """Return the spec of a network of this shape."""
    layers = [{"units": units} for units in LAYERS[shape]]
    return {"layers": layers, "features": SEVEN if shape.startswith("7") else SEVEN[:2]}


def p99(values: Iterable[float]) -> float:
    """Return the 99th percentile."""
    ordered = sorted(values) or [float("nan")]
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


async def time_requests(group: Classroom, path: str, every: float, until: float) -> list[float]:
    """GET the path again and again, and return the seconds that each request took."""
    seconds = []
    while (begun := perf_counter()) < until:
        (await group.http.get(path)).raise_for_status()
        seconds.append(perf_counter() - begun)
        await asyncio.sleep(every)
    return seconds


async def change_rates(students: list[Student], until: float) -> None:
    """Change the learning rate of random students, twenty times per second."""
    while perf_counter() < until:
        await random.choice(students).change(random.uniform(0.01, 0.05))
        await asyncio.sleep(0.05)


def gaps(students: list[Student], start: float, end: float) -> list[float]:
    """Return the seconds between consecutive frames of each student."""
    times = [[frame[0] for frame in student.within(start, end)] for student in students]
    return [after - before for arrivals in times for before, after in pairwise(arrivals)]


async def classroom(address: str, process: int, count: int, seconds: float, *shapes: str) -> list[Figure]:
    """Let every student train a network, while some change theirs and one sends REST requests."""
    async with Classroom(address, FRAMES) as group:
        students = await group.start(count, PACE, *map(spec, shapes))
        await asyncio.sleep(2)
        loop_lag, cores = LoopLag(group.http), Cores(process)
        await loop_lag.begin()
        start = perf_counter()
        end = start + seconds
        request_seconds, _ = await asyncio.gather(
            time_requests(group, f"/networks/{students[0].network}", 0.05, end), change_rates(students, end)
        )
        used, lag = cores.used(), await loop_lag.p99()
    seen = [student.within(start, end) for student in students]
    effects = [effect for student in students for effect in student.effects]
    strict = shapes == ("2-4-2-1",)
    name = f"{count} students, {shapes[0] if len(shapes) == 1 else f'{len(shapes)} shapes'}"
    delivered = sum(map(len, seen)) / (count * FRAMES * seconds)
    return [
        Figure(name, "frames delivered", delivered, 0.99 if strict else None, at_most=False),
        Figure(name, "pace held", pace(seen) / PACE, 0.95 if strict else None, at_most=False),
        Figure(name, "p99 command to effect, s", p99(effects), 0.25 if strict else None),
        Figure(name, "p99 of GET state, s", p99(request_seconds), 0.1 if strict else None),
        Figure(name, "p99 late of the event loop, s", lag, 0.05 if strict else None),
        *(Figure(name, f"cores of the {part}", share) for part, share in used.items()),
    ]


def pace(seen: list[list[SeenFrame]]) -> float:
    """Return the students' average number of epochs per second, by the frames that each of them got."""
    moved = [frames for frames in seen if len(frames) > 1]
    spans = sum(frames[-1][0] - frames[0][0] for frames in moved)
    return sum(frames[-1][2] - frames[0][2] for frames in moved) / spans if spans else 0.0


async def lecture(address: str, process: int, viewers: int, seconds: float) -> list[Figure]:
    """Let all viewers watch one network. The delay of a frame counts from its arrival at the first viewer."""
    async with Classroom(address, FRAMES) as group:
        (network,) = await group.create(1)
        students = [await group.join(network) for _ in range(viewers)]
        await group.play(network, PACE)
        await asyncio.sleep(1)
        start, cores = perf_counter(), Cores(process)
        await asyncio.sleep(seconds)
        used = cores.used()
    seen = [student.within(start, start + seconds) for student in students]
    first: dict[float, float] = {}
    for arrival, step, *_ in (frame for frames in seen for frame in frames):
        first[step] = min(arrival, first.get(step, arrival))
    delays = [arrival - first[step] for frames in seen for arrival, step, *_ in frames]
    name = f"{viewers} viewers of one network"
    delivered = sum(map(len, seen)) / (viewers * FRAMES * seconds)
    return [
        Figure(name, "frames delivered", delivered, 0.99, at_most=False),
        Figure(name, "p99 behind the first, s", p99(delays), 0.15),
        *(Figure(name, f"cores of the {part}", share) for part, share in used.items()),
    ]


async def joins(address: str, count: int) -> list[Figure]:
    """Let all students join in the same second, and measure the time until the last has a frame."""
    async with Classroom(address, FRAMES) as group:
        (network,) = await group.create(1)
        begun = perf_counter()
        students = await asyncio.gather(*(group.join(network) for _ in range(count)))
        await asyncio.wait_for(asyncio.gather(*(student.seen.wait() for student in students)), 60)
        last = max(student.frames[0][0] for student in students)
    return [Figure(f"{count} joins at once", "until the last frame, s", last - begun, 2.0)]


async def single(address: str, seconds: float) -> list[Figure]:
    """Let one student train as fast as possible, with all frames."""
    async with Classroom(address, 60) as group:
        (network,) = await group.create(1)
        student = await group.join(network)
        await group.play(network, None)
        await asyncio.sleep(1)
        start = perf_counter()
        await asyncio.sleep(seconds)
    frames = student.within(start, start + seconds)
    name = "one student, as fast as possible"
    return [
        Figure(name, "epochs a second", pace([frames]), 1000, at_most=False),
        Figure(name, "frames a second", len(frames) / seconds, 57, at_most=False),
    ]
