"""The client decodes the frames that the trainer encodes, and refuses other bytes."""

import numpy as np
import pytest

from app.trainer import frames as trainer_frames
from backprop_playground import frames


def encoded(theta: list[float], test: tuple[float, float, float]) -> bytes:
    header = frames.HEADER.pack(
        1, 1, 0, 7, 12.0, 3.0, 0.5, test[0], 0.75, test[1], np.nan, test[2], len(theta), 0
    )
    return header + np.array(theta, "<f4").tobytes()


def test_client_and_trainer_agree_on_the_header():
    assert frames.FORMAT == trainer_frames.FORMAT
    assert frames.STATUSES == trainer_frames.STATUSES
    assert frames.HEADER.format == trainer_frames.HEADER.format


def test_a_frame_has_the_layers_of_the_sizes():
    frame = frames.decode_frame(encoded([1, 2, 3, 4, 5, 6, 7, 8, 9], (0.25, 0.5, np.nan)), [2, 2, 1])
    assert (frame.status, frame.version, frame.step, frame.epoch) == ("playing", 7, 12, 3)
    assert (frame.train.loss, frame.train.accuracy, frame.train.r2) == (0.5, 0.75, None)
    assert frame.test is not None
    assert (frame.test.loss, frame.test.accuracy, frame.test.r2) == (0.25, 0.5, None)
    hidden, output = frame.layers
    np.testing.assert_array_equal(hidden.W, [[2, 3], [5, 6]])
    np.testing.assert_array_equal(hidden.b, [1, 4])
    np.testing.assert_array_equal(output.W, [[8, 9]])
    assert output.b.base is not None


def test_a_frame_without_test_rows_has_no_test_score():
    assert frames.decode_frame(encoded([1], (np.nan, np.nan, np.nan))).test is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "a frame of format 1 is needed, got 0 bytes"),
        (b"\2" + bytes(63), "a frame of format 1 is needed, got 64 bytes"),
        (encoded([1, 2], (0, 0, 0))[:-4], "a frame of 2 parameters is needed, this one has 1"),
    ],
)
def test_bytes_of_another_format_are_refused(body, words):
    with pytest.raises(ValueError, match=words):
        frames.decode_frame(body)
