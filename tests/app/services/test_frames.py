"""Frames: what docs/frames.md says is what is sent."""

import re
from math import inf, isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.messages.commands import COMMANDS
from app.services.live import connection
from app.settings import Limits
from app.trainer.frames import HEADER, STATUSES, encode_frame
from app.trainer.setup.network_setup import build_setup
from engine.metrics import Metrics, Score
from engine.training.run import TrainingRun

DOCUMENT = (Path(__file__).parents[3] / "docs" / "frames.md").read_text(encoding="utf-8")
SIZES = {"u8": 1, "u16": 2, "u32": 4, "f32": 4, "f64": 8}


@pytest.fixture
def run() -> TrainingRun:
    setup = build_setup({}, Limits())
    return TrainingRun(setup.config, setup.examples)


def test_the_documented_offsets_add_up_to_the_header():
    rows = re.findall(r"^\| (\d+) \| (\w+) \|", DOCUMENT, re.MULTILINE)
    place = 0
    for offset, kind in rows:
        assert int(offset) == place
        place += SIZES[kind]
    assert place == HEADER.size == 64


def test_the_documented_decoder_decodes(run: TrainingRun):
    frame = encode_frame(run, run.metrics(), "reached", 9)
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    names: dict[str, Any] = {"frame": frame}
    exec(code, names)
    assert (names["status"], names["version"], names["step"]) == (STATUSES.index("reached"), 9, 0)
    assert np.array_equal(np.asarray(names["theta"]), run.network.theta.astype(np.float32))


def test_what_there_is_not_is_not_a_number(run: TrainingRun):
    none = Metrics(Score(0.5, None, 0.25), None)
    *_, train, test, accuracy, _, r2, _, _, _ = HEADER.unpack_from(encode_frame(run, none, "paused", 1))
    assert (train, r2) == (0.5, 0.25)
    assert isnan(test)
    assert isnan(accuracy)


def test_numbers_beyond_32_bits_do_not_stop_a_frame(run: TrainingRun):
    run.network.theta[0] = 1e300
    wild = Metrics(Score(inf, None, -1e300), None)
    frame = encode_frame(run, wild, "diverged", 1)
    assert np.frombuffer(frame, "<f4", 1, HEADER.size)[0] == inf


def test_every_command_of_the_socket_is_documented():
    rows = re.findall(r"^\| `(\w+)` \| (?:`[A-Z]+ …[^`]*`|none) \|$", DOCUMENT, re.MULTILINE)
    assert sorted(rows) == sorted(command.name for command in COMMANDS)


@pytest.mark.parametrize(
    "code",
    [
        connection.NOT_TEXT,
        connection.NOT_JSON,
        connection.NOT_UNDERSTOOD,
        connection.TOO_SLOW,
        connection.UNKNOWN,
    ],
)
def test_every_close_code_is_documented(code: int):
    assert f"| {code} |" in DOCUMENT
