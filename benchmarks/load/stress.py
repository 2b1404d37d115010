"""Strains: scenes in which somebody behaves badly, or which last."""

import asyncio
import random
from time import perf_counter

from benchmarks.load.metrics_scrape import metered
from benchmarks.load.scenarios import FRAMES, PACE, Figure, gaps, p99, pace, spec
from benchmarks.load.virtual_users import Class
from benchmarks.processes import children, open_files, resident_bytes


async def greedy(address: str, count: int, seconds: float) -> list[Figure]:
    """A class, and then somebody with the largest network there may be, as fast as possible."""
    async with Class(address, FRAMES) as group:
        students = await group.seat(count, PACE)
        marks = [await _mark(1)]
        await asyncio.sleep(seconds)
        marks.append(perf_counter())
        large = {"layers": [{"units": 64}] * 5 + [{"units": 1}], "batch_size": 250}
        (glutton,) = await group.create(1, large)
        await group.play(glutton, None)
        marks.append(await _mark(1))
        await asyncio.sleep(seconds)
        marks.append(perf_counter())
    before = pace([student.within(*marks[:2]) for student in students])
    after = pace([student.within(*marks[2:]) for student in students])
    kept = after / before if before else 0.0
    return [Figure(f"{count} students and a greedy one", "pace kept by the others", kept, 0.8, most=False)]


async def _mark(seconds: float) -> float:
    """The time after so many seconds, when what was begun has settled."""
    await asyncio.sleep(seconds)
    return perf_counter()


async def slow_readers(address: str, count: int, seconds: float) -> list[Figure]:
    """A tenth of the class stops reading: what the others notice."""
    async with Class(address, FRAMES) as group:
        students = await group.seat(count, PACE)
        marks = [await _mark(1)]
        deaf, rest = students[: count // 10], students[count // 10 :]
        marks.append(await _mark(seconds))
        for student in deaf:
            student.socket.transport.pause_reading()
        marks.append(await _mark(seconds))
        for student in deaf:
            student.socket.transport.abort()
    before, after = p99(gaps(rest, *marks[:2])), p99(gaps(rest, *marks[1:]))
    name = f"{count // 10} of {count} stop reading"
    return [Figure(name, "p99 of gaps, after / before", after / before, 1.1)]


async def memory(address: str, process: int, count: int) -> list[Figure]:
    """What a playing network costs, and a socket."""
    async with Class(address, FRAMES) as group:
        await group.create(10)
        before = resident_bytes(process)
        networks = await group.create(count)
        await asyncio.gather(*(group.play(network, PACE) for network in networks))
        await asyncio.sleep(2)
        playing = resident_bytes(process)
        for _ in range(count):
            await group.join(networks[0])
        await asyncio.sleep(1)
        joined = resident_bytes(process)
    return [
        Figure("memory", "kB a playing network", (playing - before) / count / 1024),
        Figure("memory", "kB a socket", (joined - playing) / count / 1024),
    ]


async def soak(address: str, process: int, count: int, seconds: float) -> list[Figure]:
    """Students come and go: what has grown in the end. The first fifth is for warming up."""
    async with Class(address, FRAMES) as group:
        stay = min(5.0, seconds / 3)
        await _come_and_go(group, 0.0, stay)
        before, end = await _left(group, process), perf_counter() + seconds
        visitors = [asyncio.create_task(_come_and_go(group, end, stay)) for _ in range(count)]
        await asyncio.sleep(seconds / 5)
        warm = resident_bytes(process)
        await asyncio.sleep(max(0.0, end - perf_counter()))
        grown = resident_bytes(process) / warm - 1
        await asyncio.gather(*visitors)
        await asyncio.sleep(2)
        after = await _left(group, process)
    name = f"{count} come and go for {seconds:g} s"
    return [
        Figure(name, "growth of memory", grown, 0.1),
        *(Figure(name, f"more {what}", after[what] - before[what], 0) for what in before),
    ]


async def _left(group: Class, process: int) -> dict[str, float]:
    """What a server holds that it should give back, once nobody holds a connection but who asks."""
    await group.hang_up()
    told = await metered(group.http)
    return {
        "open files": open_files(process) + sum(map(open_files, children(process))),
        "tasks": told["tasks"],
        "networks": told["networks_kept"],
        "sockets": told["sockets"],
    }


async def _come_and_go(group: Class, end: float, stay: float) -> None:
    """One visitor after the other, at least one, each with a network and a socket for a while."""
    while True:
        (network,) = await group.create(1, spec(random.choice(("2-4-2-1", "2-8-1"))))
        student = await group.join(network)
        await group.play(network, PACE)
        await asyncio.sleep(random.uniform(stay / 5, stay))
        await student.leave()
        await group.forget([network])
        group.students.remove(student)
        if perf_counter() > end:
            return
