"""Connections that send slowly, endlessly, or nothing: closed in time, while others are served."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from select import select
from time import monotonic

import httpx
import pytest

from app.web.byte_budget import BudgetExceededError, ByteBudget
from app.web.middleware import body_limit
from app.web.middleware.body_limit import BodyLimitMiddleware
from app.web.uvicorn_protocol import DRAIN_SECONDS, HEAD_SECONDS, MAX_DRAINED_BYTES
from tests.app.server import PREFIX, Service, served

CHUNK = b"10000\r\n" + 65536 * b"x" + b"\r\n"


def connected(service: Service) -> socket.socket:
    host, port = service.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), 10)


def is_closed(connection: socket.socket, seconds: float) -> bool:
    """Whether the server closes the connection within this time. What it sends before is passed over."""
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0:
        connection.settimeout(left)
        try:
            if not connection.recv(65536):
                return True
        except TimeoutError:
            return False
        except ConnectionError:
            return True
    return False


@pytest.mark.slow
def test_a_head_that_does_not_end_is_closed_and_an_answer_under_way_is_not(service: Service):
    network = service.create()
    waiting = f"GET {PREFIX}{network.path}?wait=15&until=paused HTTP/1.1\r\nHost: x\r\n\r\n"
    network.send("POST", "/play", {"epochs_per_second": 1})
    with ExitStack() as stack:
        silent, halfway, asking = (stack.enter_context(connected(service)) for _ in range(3))
        halfway.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-")
        asking.sendall(waiting.encode())
        assert is_closed(silent, HEAD_SECONDS + 5)
        assert is_closed(halfway, 1)
        assert not is_closed(asking, 1)
    network.send("POST", "/pause")


@pytest.fixture(scope="module")
def crowded() -> Iterator[Service]:
    """A server for few connections."""
    with served(LIMITS__CONNECTIONS="50") as (_, service):
        yield service


@pytest.mark.slow
def test_where_there_are_too_many_connections_those_without_a_request_make_room(crowded: Service):
    with ExitStack() as stack:
        halves = [stack.enter_context(connected(crowded)) for _ in range(200)]
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\n")
        begun = monotonic()
        while True:
            try:
                answer = httpx.get(f"{crowded.address}{PREFIX}/healthz")
                break
            except httpx.TransportError:
                assert monotonic() - begun < 3
        assert answer.status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(("method", "status"), [("GET", b"200"), ("POST", b"413")])
def test_a_body_without_end_is_read_up_to_a_bound(service: Service, method: str, status: bytes):
    sent, answer = 0, b""
    with connected(service) as endless:
        path = "/healthz" if method == "GET" else "/networks"
        head = f"{method} {PREFIX}{path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        endless.sendall(head.encode())
        begun = monotonic()
        with suppress(ConnectionError):
            while monotonic() - begun < DRAIN_SECONDS + 10:
                endless.sendall(CHUNK)
                sent += len(CHUNK)
                if not answer and select([endless], [], [], 0)[0]:
                    answer = endless.recv(12)
            pytest.fail("the connection stays open")
    assert status in answer
    assert sent < 4 * MAX_DRAINED_BYTES


async def receive_from(messages: list[dict[str, object]]) -> dict[str, object]:
    if not messages:
        await asyncio.Event().wait()
    return messages.pop(0)


JSON = {"Content-Type": "application/json"}
POST = {"type": "http", "method": "POST", "headers": [], "path": "/"}
START = {"type": "http.request", "body": b"1,2", "more_body": True}


async def answered(messages: list[dict[str, object]], limit: BodyLimitMiddleware | None = None) -> list[int]:
    """The statuses with which a request of these messages is answered; 200 is the application's."""
    statuses: list[int] = []

    async def app(*_: object) -> None:
        statuses.append(200)

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(str(message["status"])))

    middleware = limit or BodyLimitMiddleware(app, 1000, 1000)
    await middleware(dict(POST), lambda: receive_from(messages), send)  # type: ignore[arg-type]
    return statuses


async def test_a_body_whose_sender_leaves_halfway_is_not_taken_for_a_whole_one():
    assert await answered([START, {"type": "http.disconnect"}]) == []


async def test_a_body_that_does_not_arrive_in_time_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(body_limit, "BODY_SECONDS", 0.01)
    assert await answered([START]) == [408]
    assert await answered([START, {**START, "more_body": False}]) == [200]


async def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        await asyncio.sleep(0)
    pytest.fail("this never comes")


async def test_a_budget_serves_in_order_and_gives_back_what_was_held():
    budget, order = ByteBudget(10, 1e6), list[str]()

    async def hold(name: str, size: int, release: asyncio.Event) -> None:
        async with budget.spend(size, 5):
            order.append(name)
            await release.wait()

    first, later = asyncio.Event(), asyncio.Event()
    tasks = [asyncio.create_task(hold("a", 6, first))]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(hold("large", 8, later)), asyncio.create_task(hold("small", 2, later))]
    await asyncio.sleep(0)
    assert order == ["a"], "the small one does not overtake the large one"
    first.set()
    await wait_until(lambda: len(order) == 3)
    with pytest.raises(BudgetExceededError):
        async with budget.spend(1, 0.01):
            pass
    later.set()
    await asyncio.gather(*tasks)
    async with budget.spend(10, 0):
        pass


async def test_a_budget_admits_no_faster_than_its_rate_on_average():
    budget, begun = ByteBudget(1000, 1000), monotonic()
    waited = []
    for _ in range(6):
        async with budget.spend(500, 5):
            waited.append(monotonic() - begun)
    assert waited[4] < 0.4, "five at once are the burst"
    assert waited[5] > 0.4


async def test_who_gives_up_waiting_leaves_the_budget_as_it_was():
    budget = ByteBudget(10, 1e6)
    async with budget.spend(10, 1):
        waiting = asyncio.create_task(budget.spend(5, 5).__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    admitted = False
    async with budget.spend(10, 0):
        admitted = True
    assert admitted


def test_many_lists_are_refused_before_they_are_built(service: Service):
    body = b'{"data": {"points": [' + b",".join([b"[]"] * 600_000) + b"]}}"
    problem = service.refusal("POST", "/networks", 400, content=body, headers=JSON)
    assert "600,003 lists and objects" in problem["detail"]
