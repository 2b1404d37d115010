"""Records: a network is the same after it was kept and brought back."""

import numpy as np
import pytest

from app.messages.reports import Record
from app.schemas.requests import Play, Until
from app.settings import Limits
from app.trainer.commands import change
from app.trainer.persistence.codec import decoded, encoded
from app.trainer.persistence.history_log import MOST_PIECES, packed
from app.trainer.persistence.record import record_of, resident_of
from app.trainer.session import Resident
from app.trainer.setup.network_setup import build
from app.trainer.state_view import state_of
from engine.training.run import TrainingRun
from tests.engine.strategies import twin

LIMITS = Limits()


def resident(spec) -> Resident:
    setup = build(spec, LIMITS)
    return Resident(
        "n", setup, TrainingRun(setup.recipe, setup.examples, setup.parameters, setup.frozen), LIMITS
    )


def brought_back(one: Resident) -> Resident:
    return resident_of("n", record_of(one, setup=True), LIMITS)


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
    one = resident(spec)
    one.run.train_steps(37)
    other = brought_back(one)
    assert state_of(other) == state_of(one)
    assert other.run.history.rows == one.run.history.rows
    for run in (one.run, other.run):
        run.train_steps(100)
    assert np.array_equal(one.run.network.theta, other.run.network.theta)
    assert one.run.metrics() == other.run.metrics()


def test_what_plays_when_it_is_kept_plays_when_it_is_brought_back():
    one = resident({})
    one.play(Play(epochs_per_second=30, until=Until(epoch=9)))
    other = brought_back(one)
    assert other.played == one.played
    assert other.status == "playing"


def test_why_it_trains_no_further_is_known_when_it_is_brought_back():
    one = resident({})
    one.run.train_steps(1)
    one.play(Play(until=Until(step=1)))
    assert one.cause
    assert brought_back(one).cause == one.cause


def test_the_history_is_kept_right_while_it_grows_is_thinned_and_begins_anew():
    one = resident({"data": {"name": "xor-table"}, "layers": [{"units": 1}]})
    kept = record_of(one, setup=True)
    for epochs in (3, 400, 5, 0, 700, 5):
        one.run.train_epochs(epochs)
        kept = record_of(one, setup=False).after(kept)
        assert resident_of("n", kept, LIMITS).run.history.rows == one.run.history.rows
    one.run.reset()
    kept = record_of(one, setup=False).after(kept)
    assert resident_of("n", kept, LIMITS).run.history.rows == one.run.history.rows


def test_rows_that_were_kept_are_not_handed_over_again():
    one = resident({"data": {"name": "xor-table"}, "layers": [{"units": 1}]})
    one.run.train_epochs(500)
    assert record_of(one, setup=True).whole
    one.run.train_epochs(2)
    assert one.run.history.rows
    record = record_of(one, setup=False)
    assert not record.whole
    assert sum(map(len, record.history)) < 1000


def test_a_history_is_written_again_as_one_piece_when_it_has_many():
    one = resident({"data": {"name": "xor-table"}, "layers": [{"units": 1}]})
    kept = record_of(one, setup=True)
    for _ in range(3 * MOST_PIECES):
        one.run.train_epochs(1)
        kept = record_of(one, setup=False).after(kept)
        assert len(kept.history) <= MOST_PIECES
    assert resident_of("n", kept, LIMITS).run.history.rows == one.run.history.rows


def test_scores_that_wait_are_those_of_the_examples_of_their_time():
    one = resident({})
    one.run.train_epochs(3)
    then = [row.metrics for row in twin(one.run).history.rows]
    record_of(one, setup=True)
    change(one, "patch", {"data": {"seed": 5}})
    kept = record_of(one, setup=True)
    for history in (one.run.history, resident_of("n", kept, LIMITS).run.history):
        assert [row.metrics for row in history.rows] == then


def test_a_record_of_the_first_form_is_understood():
    one = resident({})
    one.run.train_epochs(3)
    record = record_of(one, setup=True)
    scored = one.run.history.rows
    first = decoded(record.progress)
    first["run"]["history"] = decoded(packed(scored))["rows"]
    first["reason"] = "Step 75 is reached."
    del first["cause"]
    other = resident_of("n", Record(record.setup, encoded(first)), LIMITS)
    assert other.run.history.rows == scored
    assert state_of(other)["reason"] == "Step 75 is reached."


def test_values_and_arrays_come_back_as_they_were():
    value = {
        "a": [1, 2.5, None, "ü\n"],
        "big": 2**127,
        "x": {"y": np.arange(6.0).reshape(2, 3)},
        "z": np.array([True]),
    }
    back = decoded(encoded(value))
    assert back["a"] == value["a"]
    assert back["big"] == 2**127
    assert np.array_equal(back["x"]["y"], np.arange(6.0).reshape(2, 3))
    assert back["z"].dtype == bool
    back["z"][0] = False


def test_what_is_no_plain_value_is_not_kept():
    with pytest.raises(TypeError, match="plain values and arrays, not set"):
        encoded({"a": {1}})
