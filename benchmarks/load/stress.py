"""Stress scenarios: greedy users, slow readers, many networks, and long runs."""

import asyncio
import random
from time import perf_counter

from benchmarks.load.metrics_scrape import scrape
from benchmarks.load.scenarios import FRAMES, PACE, Figure, gaps, p99, pace, spec
from benchmarks.load.virtual_users import Classroom
from benchmarks.processes import children, open_files, resident_bytes


async def greedy(address: str, count: int, seconds: float) -> list[Figure]:
    """Let a class train, then add one user with the largest network, as fast as possible."""
    async with Classroom(address, FRAMES) as group:
        students = await group.start(count, PACE)
        marks = [await _time_after(1)]
        await asyncio.sleep(seconds)
        marks.append(perf_counter())
        large = {"layers": [{"units": 64}] * 5 + [{"units": 1}], "batch_size": 250}
        (greedy_network,) = await group.create(1, large)
        await group.play(greedy_network, None)
        marks.append(await _time_after(1))
        await asyncio.sleep(seconds)
        marks.append(perf_counter())
    before = pace([student.within(*marks[:2]) for student in students])
    after = pace([student.within(*marks[2:]) for student in students])
    share = after / before if before else 0.0
    return [
        Figure(f"{count} students and a greedy one", "pace kept by the others", share, 0.8, at_most=False)
    ]


async def _time_after(seconds: float) -> float:
    """Wait for the server to settle, and return the time."""
    await asyncio.sleep(seconds)
    return perf_counter()


async def slow_readers(address: str, count: int, seconds: float) -> list[Figure]:
    """Let a tenth of the class stop reading, and measure the frames of the others."""
    async with Classroom(address, FRAMES) as group:
        students = await group.start(count, PACE)
        marks = [await _time_after(1)]
        stalled, others = students[: count // 10], students[count // 10 :]
        marks.append(await _time_after(seconds))
        for student in stalled:
            student.socket.transport.pause_reading()
        marks.append(await _time_after(seconds))
        for student in stalled:
            student.socket.transport.abort()
    before, after = p99(gaps(others, *marks[:2])), p99(gaps(others, *marks[1:]))
    name = f"{count // 10} of {count} stop reading"
    return [Figure(name, "p99 of gaps, after / before", after / before, 1.1)]


async def memory(address: str, process: int, count: int) -> list[Figure]:
    """Measure the memory of a playing network and of a socket."""
    async with Classroom(address, FRAMES) as group:
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
    """Let students join and leave for a long time, and measure leaks. The first fifth is a warm-up."""
    async with Classroom(address, FRAMES) as group:
        stay = min(5.0, seconds / 3)
        await _visit(group, 0.0, stay)
        before, end = await _open_resources(group, process), perf_counter() + seconds
        visitors = [asyncio.create_task(_visit(group, end, stay)) for _ in range(count)]
        await asyncio.sleep(seconds / 5)
        warm = resident_bytes(process)
        await asyncio.sleep(max(0.0, end - perf_counter()))
        grown = resident_bytes(process) / warm - 1
        await asyncio.gather(*visitors)
        await asyncio.sleep(2)
        after = await _open_resources(group, process)
    name = f"{count} come and go for {seconds:g} s"
    return [
        Figure(name, "growth of memory", grown, 0.1),
        *(Figure(name, f"more {what}", after[what] - before[what], 0) for what in before),
    ]


async def _open_resources(group: Classroom, process: int) -> dict[str, float]:
    """Return the server's open files, tasks, networks and sockets, without the class's idle connections."""
    await group.close_connections()
    metrics = await scrape(group.http)
    return {
        "open files": open_files(process) + sum(map(open_files, children(process))),
        "tasks": metrics["tasks"],
        "networks": metrics["networks_kept"],
        "sockets": metrics["sockets"],
    }


async def _visit(group: Classroom, end: float, stay: float) -> None:
    """Send visitors one after another until `end`, at least one, each with a network and a socket."""
    while True:
        (network,) = await group.create(1, spec(random.choice(("2-4-2-1", "2-8-1"))))
        student = await group.join(network)
        await group.play(network, PACE)
        await asyncio.sleep(random.uniform(stay / 5, stay))
        await student.leave()
        await group.delete([network])
        group.students.remove(student)
        if perf_counter() > end:
            return
