"""Scenes: what a lecture asks of a playground, each played by students and measured."""

import asyncio
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from time import perf_counter
from typing import Any

from benchmarks.load.metrics_scrape import Lateness
from benchmarks.load.virtual_users import Class, Sight, Student
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
    """One number. target: what was set out for, and `most` whether that is the most or the least."""

    scene: str
    what: str
    value: float
    target: float | None = None
    most: bool = True

    def __str__(self) -> str:
        if self.target is None:
            return f"{self.scene:<38} {self.what:<30} {self.value:>10.4g}"
        met = self.value <= self.target if self.most else self.value >= self.target
        sign = "≤" if self.most else "≥"
        aim, verdict = f"{sign} {self.target:g}", "yes" if met else "no"
        return f"{self.scene:<38} {self.what:<30} {self.value:>10.4g}  {aim:<8} {verdict}"

    @property
    def told(self) -> dict[str, Any]:
        """The figure as JSON has it."""
        return asdict(self)


def spec(shape: str) -> dict[str, Any]:
    """The spec of a network of this shape."""
    layers = [{"units": units} for units in LAYERS[shape]]
    return {"layers": layers, "features": SEVEN if shape.startswith("7") else SEVEN[:2]}


def p99(values: Iterable[float]) -> float:
    """The value that one in a hundred exceeds."""
    ordered = sorted(values) or [float("nan")]
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


async def timed(group: Class, path: str, every: float, until: float) -> list[float]:
    """How long this takes to GET, asked again and again."""
    seconds = []
    while (begun := perf_counter()) < until:
        (await group.http.get(path)).raise_for_status()
        seconds.append(perf_counter() - begun)
        await asyncio.sleep(every)
    return seconds


async def changes(students: list[Student], until: float) -> None:
    """Somebody changes the learning rate, twenty times a second."""
    while perf_counter() < until:
        await random.choice(students).change(random.uniform(0.01, 0.05))
        await asyncio.sleep(0.05)


def gaps(students: list[Student], start: float, end: float) -> list[float]:
    """Seconds between the frames of each student."""
    times = [[frame[0] for frame in student.within(start, end)] for student in students]
    return [after - before for own in times for before, after in pairwise(own)]


async def classroom(address: str, process: int, count: int, seconds: float, *shapes: str) -> list[Figure]:
    """Every student trains a network of their own; some change it, others ask over REST."""
    async with Class(address, FRAMES) as group:
        students = await group.seat(count, PACE, *map(spec, shapes))
        await asyncio.sleep(2)
        lateness, cores = Lateness(group.http), Cores(process)
        await lateness.begin()
        start = perf_counter()
        end = start + seconds
        rest, _ = await asyncio.gather(
            timed(group, f"/networks/{students[0].network}", 0.05, end), changes(students, end)
        )
        used, late = cores.used(), await lateness.p99()
    seen = [student.within(start, end) for student in students]
    effects = [effect for student in students for effect in student.effects]
    strict = shapes == ("2-4-2-1",)
    name = f"{count} students, {shapes[0] if len(shapes) == 1 else f'{len(shapes)} shapes'}"
    delivered = sum(map(len, seen)) / (count * FRAMES * seconds)
    return [
        Figure(name, "frames delivered", delivered, 0.99 if strict else None, most=False),
        Figure(name, "pace held", pace(seen) / PACE, 0.95 if strict else None, most=False),
        Figure(name, "p99 command to effect, s", p99(effects), 0.25 if strict else None),
        Figure(name, "p99 of GET state, s", p99(rest), 0.1 if strict else None),
        Figure(name, "p99 late of the event loop, s", late, 0.05 if strict else None),
        *(Figure(name, f"cores of the {who}", share) for who, share in used.items()),
    ]


def pace(seen: list[list[Sight]]) -> float:
    """Epochs a second of all students on average, by the frames that each of them had."""
    moved = [frames for frames in seen if len(frames) > 1]
    spans = sum(frames[-1][0] - frames[0][0] for frames in moved)
    return sum(frames[-1][2] - frames[0][2] for frames in moved) / spans if spans else 0.0


async def lecture(address: str, process: int, viewers: int, seconds: float) -> list[Figure]:
    """One network, watched by everybody. Late is a frame by how much the first viewer had it before."""
    async with Class(address, FRAMES) as group:
        (network,) = await group.create(1)
        students = [await group.join(network) for _ in range(viewers)]
        await group.play(network, PACE)
        await asyncio.sleep(1)
        start, cores = perf_counter(), Cores(process)
        await asyncio.sleep(seconds)
        used = cores.used()
    seen = [student.within(start, start + seconds) for student in students]
    first: dict[float, float] = {}
    for came, step, *_ in (frame for frames in seen for frame in frames):
        first[step] = min(came, first.get(step, came))
    late = [came - first[step] for frames in seen for came, step, *_ in frames]
    name = f"{viewers} viewers of one network"
    delivered = sum(map(len, seen)) / (viewers * FRAMES * seconds)
    return [
        Figure(name, "frames delivered", delivered, 0.99, most=False),
        Figure(name, "p99 behind the first, s", p99(late), 0.15),
        *(Figure(name, f"cores of the {who}", share) for who, share in used.items()),
    ]


async def joins(address: str, count: int) -> list[Figure]:
    """Everybody opens the page in the same second: how long until the last has a frame."""
    async with Class(address, FRAMES) as group:
        (network,) = await group.create(1)
        begun = perf_counter()
        students = await asyncio.gather(*(group.join(network) for _ in range(count)))
        await asyncio.wait_for(asyncio.gather(*(student.seen.wait() for student in students)), 60)
        last = max(student.frames[0][0] for student in students)
    return [Figure(f"{count} joins at once", "until the last frame, s", last - begun, 2.0)]


async def single(address: str, seconds: float) -> list[Figure]:
    """One student, as fast as possible, with all frames."""
    async with Class(address, 60) as group:
        (network,) = await group.create(1)
        student = await group.join(network)
        await group.play(network, None)
        await asyncio.sleep(1)
        start = perf_counter()
        await asyncio.sleep(seconds)
    frames = student.within(start, start + seconds)
    name = "one student, as fast as possible"
    return [
        Figure(name, "epochs a second", pace([frames]), 1000, most=False),
        Figure(name, "frames a second", len(frames) / seconds, 57, most=False),
    ]
