"""Records: a network is the same after it was kept and brought back."""

import numpy as np
import pytest

from app.messages.reports import Record
from app.schemas.requests import Patch, Play, Until
from app.settings import Limits
from app.trainer.commands import execute
from app.trainer.persistence.codec import decode, encode
from app.trainer.persistence.history_log import MAX_PIECES, pack_rows
from app.trainer.persistence.record import record_of, session_of
from app.trainer.session import TrainingSession
from app.trainer.setup.network_setup import build_setup
from app.trainer.state_view import network_state
from engine.training.loop import train_epochs, train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import twin

LIMITS = Limits()


def session(spec) -> TrainingSession:
    setup = build_setup(spec, LIMITS)
    return TrainingSession(
        "n", setup, TrainingRun(setup.config, setup.examples, setup.parameters, setup.frozen), LIMITS
    )


def brought_back(one: TrainingSession) -> TrainingSession:
    return session_of("n", record_of(one, setup=True), LIMITS)


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"dtype": "float32", "optimizer": {"name": "adam"}},
        {"data": {"points": [[0, 0, 0], [0, 1, 1], [1, 1, 2], [2, 1, 2]], "train_fraction": 0.75}},
        {"data": {"inputs": [[1], [2]], "targets": [[0.5, 1], [2, 3]], "split": ["test", "train"]}},
        {"layers": [{"units": 6, "dropout": 0.4}, {"units": 1}], "frozen": [{"b": True}, {}]},
        {"data": {"name": "reg-plane"}, "optimizer": {"learning_rate": 100}, "layers": [{"units": 1}]},
    ],
)
def test_a_network_goes_on_from_its_record_as_if_nothing_had_happened(spec):
    one = session(spec)
    train_steps(one.run, 37)
    other = brought_back(one)
    assert network_state(other) == network_state(one)
    assert other.run.history.rows == one.run.history.rows
    for run in (one.run, other.run):
        train_steps(run, 100)
    assert np.array_equal(one.run.network.theta, other.run.network.theta)
    assert one.run.metrics() == other.run.metrics()


def test_what_plays_when_it_is_kept_plays_when_it_is_brought_back():
    one = session({})
    one.play(Play(epochs_per_second=30, until=Until(epoch=9)))
    other = brought_back(one)
    assert other.play_request == one.play_request
    assert other.status == "playing"


def test_why_it_trains_no_further_is_known_when_it_is_brought_back():
    one = session({})
    train_steps(one.run, 1)
    one.play(Play(until=Until(step=1)))
    assert one.stop_reason
    assert brought_back(one).stop_reason == one.stop_reason


def test_the_history_is_kept_right_while_it_grows_is_thinned_and_begins_anew():
    one = session({"data": {"name": "xor-table"}, "layers": [{"units": 1}]})
    kept = record_of(one, setup=True)
    for epochs in (3, 400, 5, 0, 700, 5):
        train_epochs(one.run, epochs)
        kept = record_of(one, setup=False).merged_onto(kept)
        assert session_of("n", kept, LIMITS).run.history.rows == one.run.history.rows
    one.run.reset()
    kept = record_of(one, setup=False).merged_onto(kept)
    assert session_of("n", kept, LIMITS).run.history.rows == one.run.history.rows


def test_rows_that_were_kept_are_not_handed_over_again():
    one = session({"data": {"name": "xor-table"}, "layers": [{"units": 1}]})
    train_epochs(one.run, 500)
    assert record_of(one, setup=True).replaces_history
    train_epochs(one.run, 2)
    assert one.run.history.rows
    record = record_of(one, setup=False)
    assert not record.replaces_history
    assert sum(map(len, record.history)) < 1000


def test_a_history_is_written_again_as_one_piece_when_it_has_many():
    one = session({"data": {"name": "xor-table"}, "layers": [{"units": 1}]})
    kept = record_of(one, setup=True)
    for _ in range(3 * MAX_PIECES):
        train_epochs(one.run, 1)
        kept = record_of(one, setup=False).merged_onto(kept)
        assert len(kept.history) <= MAX_PIECES
    assert session_of("n", kept, LIMITS).run.history.rows == one.run.history.rows


def test_scores_that_wait_are_those_of_the_examples_of_their_time():
    one = session({})
    train_epochs(one.run, 3)
    then = [row.metrics for row in twin(one.run).history.rows]
    record_of(one, setup=True)
    execute(one, Patch(change={"data": {"seed": 5}}))
    kept = record_of(one, setup=True)
    for history in (one.run.history, session_of("n", kept, LIMITS).run.history):
        assert [row.metrics for row in history.rows] == then


def test_a_record_of_the_first_form_is_understood():
    one = session({})
    train_epochs(one.run, 3)
    record = record_of(one, setup=True)
    scored = one.run.history.rows
    first = decode(record.progress)
    first["run"]["history"] = decode(pack_rows(scored))["rows"]
    first["reason"] = "Step 75 is reached."
    del first["cause"]
    other = session_of("n", Record(record.setup, encode(first)), LIMITS)
    assert other.run.history.rows == scored
    assert network_state(other)["reason"] == "Step 75 is reached."


def test_values_and_arrays_come_back_as_they_were():
    value = {
        "a": [1, 2.5, None, "ü\n"],
        "big": 2**127,
        "x": {"y": np.arange(6.0).reshape(2, 3)},
        "z": np.array([True]),
    }
    back = decode(encode(value))
    assert back["a"] == value["a"]
    assert back["big"] == 2**127
    assert np.array_equal(back["x"]["y"], np.arange(6.0).reshape(2, 3))
    assert back["z"].dtype == bool
    back["z"][0] = False


def test_what_is_no_plain_value_is_not_kept():
    with pytest.raises(TypeError, match="plain values and arrays, not set"):
        encode({"a": {1}})
