"""Requests that nobody means well with, and the status of each answer: how soon, how briefly."""

import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.app.server import Service

JSON, CSV, NPZ = "application/json", "text/csv", "application/x-npz"
PREVIEW = "/data/csv-preview"
BRIEF = 4000
QUICK = {JSON: 0.1, NPZ: 0.1, CSV: 0.2}
FRUGAL = {JSON: 60e6, NPZ: 20e6, CSV: 20e6}
"""Bytes. 2 MB of JSON may be 660,000 empty arrays, each an object in Python before anything is checked."""


@dataclass(frozen=True)
class Attack:
    """What is sent where, and with which statuses it may be answered."""

    name: str
    body: bytes
    statuses: tuple[int, ...]
    method: str = "POST"
    path: str = "/networks"
    media_type: str = JSON


@dataclass(frozen=True)
class Answer:
    """seconds, bytes and how much memory the web process took more, at its highest."""

    attack: Attack
    status: int
    size: int
    seconds: float
    more_memory: float

    @property
    def well(self) -> bool:
        return self.status in self.attack.statuses and self.size <= BRIEF

    @property
    def quick(self) -> bool:
        return self.seconds <= QUICK[self.attack.media_type]

    @property
    def frugal(self) -> bool:
        return self.more_memory <= FRUGAL[self.attack.media_type]


def _json(name: str, body: bytes, *statuses: int) -> Attack:
    return Attack(name, body, statuses)


def _csv(name: str, body: bytes, *statuses: int) -> Attack:
    return Attack(name, body, statuses, "PUT", "/data", CSV)


def _preview(name: str, body: bytes, *statuses: int) -> Attack:
    return Attack(f"a preview of {name}", body, statuses, path=PREVIEW, media_type=CSV)


def _json_preview(name: str, body: bytes, *statuses: int) -> Attack:
    return Attack(f"a preview with {name}", body, statuses, path=PREVIEW)


def many(entry: bytes, count: int) -> bytes:
    """A JSON array of the same thing over and over."""
    return b"[" + b",".join([entry] * count) + b"]"


MANY = b"{" + b",".join(b'"f%d": 1' % n for n in range(150)) + b"}"
SUM = b'"' + b"+".join([b"x1"] * 300) + b'"'
FROZEN = b'{"W": ' + many(b"[true]", 300) + b"}"
ATTACKS = (
    _json("NaN", b'{"seed": NaN}', 422),
    _json("Infinity", b'{"data": {"points": [[1, 2, -Infinity]]}}', 422),
    _json("1e999", b'{"optimizer": {"learning_rate": 1e999}}', 422),
    _json("1 and 400 zeros", b'{"optimizer": {"learning_rate": 1' + b"0" * 400 + b"}}", 422),
    _json("arrays 100,000 deep", b"[" * 100_000, 400),
    _json("closed arrays 100,000 deep", b"[" * 100_000 + b"]" * 100_000, 400),
    _json("objects 100,000 deep", b'{"data":' * 100_000 + b"1" + b"}" * 100_000, 400),
    _json("5,000 digits", b'{"seed": ' + b"9" * 5000 + b"}", 400),
    _json("5,000 digits and a point", b'{"optimizer": {"learning_rate": 0.' + b"3" * 5000 + b"e9999}}", 422),
    _json("a name twice", b'{"seed": 1, "seed": 2}', 400),
    _json("half a surrogate pair", b'{"features": ["\\ud800"]}', 400),
    _json("half a surrogate pair as a name", b'{"\\udfff": 1}', 400),
    _json("half a surrogate pair in UTF-8", b'{"features": ["\xed\xa0\x80"]}', 400),
    _json("a byte order mark", b"\xef\xbb\xbf{}", 400),
    _json("UTF-16", '{"seed": 1}'.encode("utf-16"), 400),
    _json("a name of 100,000 letters", b'{"' + b"a" * 100_000 + b'": 1}', 422),
    _json("100,000 names", b"{" + b",".join(b'"f%d": 1' % n for n in range(100_000)) + b"}", 400),
    _json("a feature of 100,000 brackets", b'{"features": ["' + b"(" * 100_000 + b'"]}', 422),
    _json("a feature of 900 brackets", b'{"features": ["' + b"(" * 900 + b"x1" + b")" * 90 + b'"]}', 422),
    _json("100,000 layers", b'{"layers": ' + many(b"{}", 100_000) + b"}", 422),
    _json("100,000 layers that are none", b'{"layers": ' + many(b"1", 100_000) + b"}", 422),
    _json("660,000 arrays", many(b"[]", 660_000), 400),
    _json("a word in 300,000 rows", b'{"data": {"points": ' + many(b'["a"]', 300_000) + b"}}", 400),
    _json("100 layers of 150 unknown names", b'{"layers": ' + many(MANY, 100) + b"}", 422),
    _json("300,000 rows", b'{"data": {"points": ' + many(b"[1,1]", 300_000) + b"}}", 400),
    _json("900,000 targets", b'{"data": {"inputs": [[1]], "targets": ' + many(b"1", 900_000) + b"}}", 422),
    _json("600,000 words", b'{"data": {"points": [[1,1,1]], "split": ' + many(b'""', 600_000) + b"}}", 422),
    _json("a layer of 2^62 units", b'{"layers": [{"units": 4611686018427387904}, {}]}', 422),
    _json("a layer of no units", b'{"layers": [{"units": 0}, {}]}', 422),
    _json("a layer of -1 units", b'{"layers": [{"units": -1}, {}]}', 422),
    _json("20,000 parameters and more", b'{"layers": [' + b'{"units": 64},' * 6 + b"{}]}", 422),
    _json("2^53 examples", b'{"data": {"name": "circle", "examples": 9007199254740991}}', 422),
    _json("rows of different lengths", b'{"data": {"inputs": [[1, 2], [1]], "targets": [0, 1]}}', 422),
    _json("rows without numbers", b'{"data": {"inputs": [[]], "targets": []}}', 422),
    _json("W of another shape", b'{"parameters": [{"W": [[1]], "b": [1, 2]}]}', 422),
    _json("a number for a layer", b'{"layers": [5]}', 422),
    _json("null", b"null", 422),
    _json("3 MB", b" " * 3_000_000, 413),
    _csv("CSV of 15 MB", b"x1,x2,y\n" + b"0.5,0.5,1\n" * 1_500_000, 413),
    _csv("CSV of 50 MB", b"x1,x2,y\n" + b"0.5,0.5,1\n" * 5_000_000, 413, 0),
    _csv("a cell of 1 MB", b"x1,x2,y\n" + b"9" * 1_000_000 + b",1,1\n", 422),
    _csv("a word of 1 MB", b"x1,x2,y\n1,2," + b"a" * 1_000_000 + b"\n", 422),
    _csv("1 MB of NULs", b"\0" * 1_000_000, 422),
    _csv("NULs in cells", b"x1,x2,y\n1\0,2,1\n", 422),
    _csv("a quote never closed", b'x1,x2,y\n"' + b"1,2,3\n" * 200_000, 422),
    _csv("formulas", b'x1,x2,y\n=1+2,=HYPERLINK("http://x"),1\n', 422),
    _csv("a million commas", b"x1,x2,y\n" + b"," * 1_000_000, 422),
    _csv("a million lines", b"\n" * 1_000_000, 422),
    _csv("200,000 rows", b"x1,x2,y\n" + b"1,2,1\n" * 200_000, 422),
    _csv("99,000 rows", b"x1,x2,y\n" + b"1,2,1\n" * 99_000, 422),
    _csv("45,000 rows", b"x1,x2,y\n" + b"1,2,1\n" * 45_000, 422),
    _csv("60,000 rows of 16 columns", b"1," * 15 + b"1\n" + (b"1," * 15 + b"1\n") * 60_000, 422),
    _csv("99,000 carriage returns", b"x1,x2,y\r" + b"1,2,1\r" * 99_000, 422),
    _csv("a million words", b"x1,y\n" + b"1,a\n" * 50_000 + b"1," + b"b" * 1_000_000, 422),
    _csv("rows of two million columns", b"," * 1_999_990, 422),
    _csv("quotes in quotes", b'x1,x2,y\n' + b'"' * 1_000_000 + b"\n", 422),
    _csv("quoted cells without end", b'x1,x2,y\n' + b'"",' * 660_000, 422),
    _csv("2 MB of lines of spaces", b" \n" * 999_000, 422),
    _csv("2,000 rows of 1,000 empty cells", (b"," * 999 + b"\n") * 2000, 422),
    _csv("50,000 labels", b"x1,y\n" + b"".join(b"1,l%d\n" % n for n in range(50_000)), 422),
    _csv("20,000 rows of 48 columns and a word", (b"1," * 47 + b"1\n") * 19_999 + b"1," * 47 + b"a\n", 422),
    _csv("100 columns", b"1," * 99 + b"1\n", 422),
    _csv("nothing but a header", b"x1,x2,y\n", 422),
    _csv("NaN in a cell", b"x1,x2,y\nnan,1,1\n", 422),
    _csv("infinity in a cell", b"x1,x2,y\n1e999,1,1\n", 422),
    _csv("rows of different lengths", b"x1,x2,y\n1,2,3\n1,2\n", 422),
    _csv("UTF-16", "x1,x2,y\n1,2,3\n".encode("utf-16"), 422),
    _preview("15 MB", b"x1,x2,y\n" + b"0.5,0.5,1\n" * 1_500_000, 413),
    _preview("UTF-16", "x1,x2,y\n1,2,3\n".encode("utf-16"), 422),
    _preview("1 MB of NULs", b"\0" * 1_000_000, 200),
    _preview("a word of 1 MB", b"x1,x2,y\n1,2," + b"a" * 1_000_000 + b"\n", 200),
    _preview("a quote never closed", b'x1,x2,y\n"' + b"1,2,3\n" * 200_000, 200),
    _preview("a million commas", b"x1,x2,y\n" + b"," * 1_000_000, 200),
    _preview("a million lines", b"\n" * 1_000_000, 200),
    _preview("2 MB of lines of spaces", b" \n" * 999_000, 200),
    _preview("99,000 rows", b"x1,x2,y\n" + b"1,2,1\n" * 99_000, 200),
    _preview("20,000 labels", b"x1,y\n" + b"".join(b"1,l%d\n" % n for n in range(20_000)), 200),
    _preview("9,001 columns", b"a," * 9_000 + b"a\n" + b"1," * 9_000 + b"1\n", 200),
    _preview("quotes in quotes", b'x1,x2,y\n' + b'"' * 1_000_000 + b"\n", 200),
    _preview("20,000 wide rows", (b"1," * 47 + b"1\n") * 19_999 + b"1," * 47 + b"a\n", 200),
    _json_preview("a number for a text", b'{"text": 5}', 422),
    _json_preview("200,000 roles", b'{"text": "1,2", "roles": ' + many(b'"input"', 200_000) + b"}", 422),
    _json_preview("roles for other columns", b'{"text": "1,2", "roles": ["input"]}', 422),
    Attack("no archive", b"PK\x03\x04 and no more", (422,), media_type=NPZ),
    _json("256 features of 900 letters", b'{"features": ' + many(SUM, 256) + b"}", 422),
    _json("64 features of 900 letters", b'{"features": ' + many(SUM, 64) + b"}", 422),
    _json("a link of 4,000 letters", b'{"tfplayground": "' + b"&networkShape=9,9" * 230 + b'"}', 422),
    _json("30,000 frozen rows", b'{"frozen": ' + many(FROZEN, 100) + b"}", 422),
    _json("1 MB of a word", b'{"loss": "' + b"a" * 1_000_000 + b'"}', 422),
    _json("a name of NULs", b'{"\\u0000\\u0000": 1}', 422),
    _json("true for a number", b'{"seed": true}', 422),
    _json("a number with a point for units", b'{"layers": [{"units": 2.5}, {}]}', 422),
    _json("minus zero", b'{"seed": -0.0, "batch_size": -0}', 422),
    _json("the smallest number below 0", b'{"data": {"noise": -5e-324}}', 422),
    _json("a comment", b'{"seed": 1 /* one */}', 400),
    _json("a comma too many", b'{"seed": 1,}', 400),
    _json("single quotes", b"{'seed': 1}", 400),
    _json("hexadecimal", b'{"seed": 0x10}', 400),
    _json("a leading zero", b'{"seed": 01}', 400),
    _json("a control character", b'{"loss": "a\x01"}', 400),
    Attack("an archive of noise", bytes(range(256)) * 4000, (422,), media_type=NPZ),
)  # fmt: skip


def answered(service: Service, attack: Attack) -> Answer:
    """Send it, to a network of its own where it needs one."""
    path = service.create().path + attack.path if attack.path == "/data" else attack.path
    headers = {"Content-Type": attack.media_type}
    before = _memory(service.process, "VmRSS")
    begun = time.perf_counter()
    try:
        answer = service.http.request(attack.method, path, content=attack.body, headers=headers)
        status, size = answer.status_code, len(answer.content)
    except httpx.TransportError:
        status = size = 0
    seconds = time.perf_counter() - begun
    return Answer(attack, status, size, seconds, _memory(service.process, "VmHWM") - before)


def _memory(process: int, entry: str) -> int:
    """Bytes that the server and its children have, or had at most since they were last asked (VmHWM)."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    total = 0
    for each in (process, *(int(child) for thread in threads for child in thread.read_text().split())):
        lines = Path(f"/proc/{each}/status").read_text().splitlines()
        total += next(int(line.split()[1]) * 1024 for line in lines if line.startswith(entry))
        Path(f"/proc/{each}/clear_refs").write_text("5")
    return total
