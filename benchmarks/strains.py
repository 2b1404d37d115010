"""Strains: scenes in which somebody behaves badly, or which last."""

import asyncio
import random
from time import perf_counter

from benchmarks.scenes import FRAMES, PACE, Figure, gaps, open_files, p99, resident_bytes, spec
from benchmarks.students import Class, Student


async def paces(students: list[Student], seconds: float) -> float:
    """Epochs a second of all of them, on average, from now on."""
    start = perf_counter()
    await asyncio.sleep(seconds)
    seen = [student.within(start, start + seconds) for student in students]
    moved = [frames for frames in seen if len(frames) > 1]
    spans = sum(frames[-1][0] - frames[0][0] for frames in moved)
    return sum(frames[-1][2] - frames[0][2] for frames in moved) / spans if spans else 0.0


async def greedy(address: str, count: int, seconds: float) -> list[Figure]:
    """A class, and then somebody with the largest network there may be, as fast as possible."""
    group = Class(address, FRAMES)
    networks = await group.create(count)
    students = [await group.join(network) for network in networks]
    await asyncio.gather(*(group.play(network, PACE) for network in networks))
    await asyncio.sleep(1)
    before = await paces(students, seconds)
    large = {"layers": [{"units": 64}] * 4 + [{"units": 1}], "batch_size": 250}
    (glutton,) = await group.create(1, large)
    await group.play(glutton, None)
    await asyncio.sleep(1)
    after = await paces(students, seconds)
    await asyncio.gather(*(student.leave() for student in students))
    await group.forget([*networks, glutton])
    kept = after / before if before else 0.0
    return [Figure(f"{count} students and a greedy one", "pace kept by the others", kept, 0.8, most=False)]


async def slow_readers(address: str, count: int, seconds: float) -> list[Figure]:
    """A tenth of the class stops reading: what the others notice."""
    group = Class(address, FRAMES)
    networks = await group.create(count)
    students = [await group.join(network) for network in networks]
    await asyncio.gather(*(group.play(network, PACE) for network in networks))
    await asyncio.sleep(1)
    rest = students[count // 10 :]
    marks = [perf_counter()]
    await asyncio.sleep(seconds)
    for student in students[: count // 10]:
        student.socket.transport.pause_reading()
    marks.append(perf_counter())
    await asyncio.sleep(seconds)
    marks.append(perf_counter())
    before, after = p99(gaps(rest, *marks[:2])), p99(gaps(rest, *marks[1:]))
    for student in students[: count // 10]:
        student.socket.transport.abort()
    await asyncio.gather(*(student.leave() for student in rest))
    await group.forget(networks)
    name = f"{count // 10} of {count} stop reading"
    return [Figure(name, "p99 of gaps, after / before", after / before, 1.1)]


async def memory(address: str, process: int, count: int) -> list[Figure]:
    """What a playing network costs, and a socket."""
    group = Class(address, FRAMES)
    warm = await group.create(10)
    before = resident_bytes(process)
    networks = await group.create(count)
    await asyncio.gather(*(group.play(network, PACE) for network in networks))
    await asyncio.sleep(2)
    playing = resident_bytes(process)
    students = [await group.join(networks[0]) for _ in range(count)]
    await asyncio.sleep(1)
    joined = resident_bytes(process)
    await asyncio.gather(*(student.leave() for student in students))
    await group.forget([*warm, *networks])
    return [
        Figure("memory", "kB a playing network", (playing - before) / count / 1024),
        Figure("memory", "kB a socket", (joined - playing) / count / 1024),
    ]


async def soak(address: str, process: int, count: int, seconds: float) -> list[Figure]:
    """Students come and go: what has grown in the end. The first fifth is for warming up."""
    group, end = Class(address, FRAMES), perf_counter() + seconds
    files = open_files(process)
    warm_until, warm = perf_counter() + seconds / 5, 0

    async def come_and_go() -> None:
        while perf_counter() < end:
            (network,) = await group.create(1, spec(random.choice(("2-4-2-1", "2-8-1"))))
            student = await group.join(network)
            await group.play(network, PACE)
            await asyncio.sleep(random.uniform(1, 5))
            await student.leave()
            await group.forget([network])

    visitors = [asyncio.create_task(come_and_go()) for _ in range(count)]
    await asyncio.sleep(max(0.0, warm_until - perf_counter()))
    warm = resident_bytes(process)
    await asyncio.sleep(max(0.0, end - perf_counter()))
    grown = resident_bytes(process) / warm - 1
    await asyncio.gather(*visitors)
    await group.http.aclose()
    await asyncio.sleep(2)
    left = open_files(process) - files
    name = f"{count} come and go for {seconds:g} s"
    return [Figure(name, "growth of memory", grown, 0.1), Figure(name, "files left open", left, 0)]
