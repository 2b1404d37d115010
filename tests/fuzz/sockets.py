"""Messages to a live socket, mutated at random, and what docs/frames.md promises to answer each with."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.app.server import PREFIX, Service

STAYS = 0
MESSAGES: list[Any] = [
    {"type": "ack"},
    {"type": "command", "id": 1, "name": "steps", "arguments": {"count": 2}},
    {"type": "command", "id": 2, "name": "play", "arguments": {"until": {"epoch": 3}}},
    {"type": "command", "id": 3, "name": "pause", "arguments": {}},
    {"type": "command", "id": 4, "name": "patch", "arguments": {"optimizer": {"learning_rate": 0.1}}},
    {"type": "command", "id": 5, "name": "reset", "arguments": {"seed": 3}},
    {"type": "command", "id": 6, "name": "parameters", "arguments": {"layers": [{"W": [[1, 2]], "b": [0]}]}},
    {
        "type": "command",
        "id": 7,
        "name": "edit",
        "arguments": {"changes": [{"parameter": "w_11^(1)", "value": 1}]},
    },
    {"type": "command", "id": 8, "name": "data", "arguments": {"name": "xor"}},
    {
        "type": "command",
        "id": 8,
        "name": "rows",
        "arguments": {"add": [{"x": [1, 2], "y": 1}], "remove": [0]},
    },
    {"type": "command", "id": 9, "name": "rewind", "arguments": {"version": 1}},
]
ODD: list[Any] = [
    None, True, -1, 0, 2**63, 10**400, 1.5, "", "steps", "\ud800", "../../etc/passwd", "<script>", "x" * 5000,
    [], {}, [[]], {"count": -1}, float("nan"), float("inf"),
]  # fmt: skip
PIECES = [
    "{",
    "}",
    "[",
    "]",
    '"',
    ",",
    ":",
    "\\",
    "\0",
    "9" * 50,
    "1e999",
    "NaN",
    "\ufeff",
    "[" * 3000,
    '"id":1,',
]


@dataclass
class Siege:
    """outcomes: how often each was seen. wrong: a line for each message that was answered otherwise."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def besieged(service: Service, count: int, seed: int) -> Siege:
    """Send so many messages to one network, over one socket after the other."""
    chance, siege = random.Random(seed), Siege()
    network = service.create(layers=[{"units": 2}, {"units": 1}])
    url = service.address.replace("http", "ws", 1) + PREFIX + network.path + "/live"
    messages = iter([mutated(chance) for _ in range(count)])
    while siege.outcomes.total() < count:
        before, done = network.get()["version"], siege.outcomes["done"]
        with connect(url) as socket:
            storm(socket, messages, siege)
        now, expected = network.get()["version"], before + siege.outcomes["done"] - done
        if now != expected:
            siege.wrong.append(f"version {now} in place of {expected}")
    return siege


def storm(socket: ClientConnection, messages: Iterator[str | bytes], siege: Siege) -> None:
    """Send messages over one socket until one of them closes it."""
    for message in messages:
        seen, answer = exchanged(socket, message)
        siege.outcomes[f"closed with {seen}" if seen else answer] += 1
        if seen != code_for(message):
            siege.wrong.append(f"{seen} in place of {code_for(message)} for {message[:200]!r}")
        if seen:
            return


def mutated(chance: random.Random) -> str | bytes:
    """A message that may or may not be in order."""
    kind = chance.randrange(6)
    if kind == 0:
        return chance.randbytes(chance.randrange(60))
    message = json.loads(json.dumps(chance.choice(MESSAGES)))
    if kind <= 2:
        _spoil(message, chance)
    text = json.dumps(message)
    if kind >= 4:
        for _ in range(chance.randint(1, 3)):
            start = chance.randrange(len(text) + 1)
            text = text[:start] + chance.choice(["", *PIECES]) + text[start + chance.randrange(4) :]
    return text


def _spoil(message: dict[str, Any], chance: random.Random) -> None:
    """Another value, a field less or a field more, somewhere."""
    place = message
    while chance.random() < 0.5 and any(isinstance(value, dict) and value for value in place.values()):
        place = next(value for value in place.values() if isinstance(value, dict) and value)
    name = chance.choice(list(place))
    if chance.random() < 0.3:
        del place[name]
    else:
        place[chance.choice([name, "other", "\udfff"])] = chance.choice(ODD)


def code_for(message: str | bytes) -> int:
    """The code that the socket is to be closed with; 0 where it is to stay open."""
    if isinstance(message, bytes):
        return 1003
    try:
        value = json.loads(message, parse_constant=_never, object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return 1007
    if value == {"type": "ack"}:
        return STAYS
    fits = (
        isinstance(value, dict)
        and value.get("type") == "command"
        and type(value.get("id")) is int
        and type(value.get("name")) is str
        and type(value.get("arguments", {})) is dict
        and set(value) <= {"type", "id", "name", "arguments"}
    )
    return STAYS if fits else 1008


def is_acknowledgement(message: str | bytes) -> bool:
    """Whether nothing is to be answered."""
    return code_for(message) == STAYS and json.loads(message) == {"type": "ack"}


def _never(name: str) -> None:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


def exchanged(socket: ClientConnection, message: str | bytes) -> tuple[int, str]:
    """The close code, or 0 and how a command was answered."""
    try:
        socket.send(message)
        if is_acknowledgement(message):
            return STAYS, "acknowledged"
        while True:
            told = socket.recv(timeout=30)
            if isinstance(told, bytes):
                socket.send(json.dumps({"type": "ack"}))
            elif (kind := json.loads(told)["type"]) in ("done", "error"):
                return STAYS, kind
    except ConnectionClosed as closed:
        return (closed.rcvd.code if closed.rcvd else 1006), "closed"
