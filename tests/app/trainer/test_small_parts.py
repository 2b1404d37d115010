"""Pacing, stopping rules, outboxes, merge patches and planes."""

import asyncio
import json

import numpy as np
import pytest

from app.domain.merge_patch import merge, merge_spec
from app.domain.strict_json import MalformedError, parse
from app.schemas.requests import Until
from app.schemas.spec import ResolvedPlane
from app.services.live.outbox import MAX_UNACKNOWLEDGED, Outbox, SlowReaderError
from app.settings import Limits
from app.trainer.queries.serialization import json_response
from app.trainer.scheduling.pacing import Throughput, TokenBucket, round_steps
from app.trainer.scheduling.stopping import StopCondition
from app.trainer.setup.network_setup import build_setup
from app.trainer.setup.plane import covers, fitted_plane
from engine.training.loop import train_epochs, train_steps
from engine.training.run import TrainingRun


def test_a_pace_owes_what_has_passed_and_forgives_what_could_not_be_done():
    pace = TokenBucket(now=0.0)
    assert pace.available(0.0, 100, quantum=0) == 1
    pace.consume(1)
    assert pace.available(0.1, 100, quantum=0) == 10
    assert pace.available(60.0, 100, quantum=0) == 25
    pace.consume(25)
    assert pace.due_at(100, quantum=0) == pytest.approx(60.01)
    assert pace.due_at(100, quantum=0.1) == pytest.approx(60.1)


def test_a_slow_pace_owes_a_step_only_when_it_is_due():
    pace = TokenBucket(now=0.0)
    pace.consume(1)
    assert pace.available(0.9, 1, quantum=0.1) == 0
    assert pace.available(1.0, 1, quantum=0.1) == 1


def test_a_stride_is_of_whole_epochs_and_of_few_sizes():
    assert [round_steps(steps, 25, 25) for steps in (1, 7, 24, 25, 74, 80, 140)] == [
        1,
        6,
        24,
        25,
        50,
        75,
        100,
    ]
    assert round_steps(80, 25, left=10) == 10


def test_a_speed_is_learnt_carefully():
    speed = Throughput()
    assert speed.steps_within(1.0) == 1
    speed.observe(1, 0.001)
    assert speed.steps_within(1.0) == 4
    speed.observe(1000, 1.0)
    assert speed.steps_within(0.1) == 100
    assert speed.steps_within(1e-9) == 1


def test_a_goal_of_a_loss_is_looked_at_where_epochs_end():
    setup = build_setup({}, Limits())
    run = TrainingRun(setup.config, setup.examples)
    goal = StopCondition(Until(train_loss=0.1, step=30), run, 100)
    assert goal.steps_to_check(run) == 25
    train_steps(run, 25)
    assert goal.needs_metrics(run)
    assert goal.steps_to_check(run) == 5


def test_without_a_goal_it_is_looked_at_where_it_has_gone_on_for_long_enough():
    setup = build_setup({}, Limits())
    run = TrainingRun(setup.config, setup.examples)
    train_epochs(run, 2)
    goal = StopCondition(None, run, unattended=3)
    assert goal.steps_to_check(run) == 3 * 25
    train_steps(run, 74)
    assert goal.steps_to_check(run) == 1
    assert goal.reached(run, None) is None
    train_steps(run, 1)
    cause = goal.reached(run, None)
    assert cause
    assert cause.to_dict == {"kind": "unattended", "values": {"epochs": 3}}
    assert cause.reason == "3 epochs done, no stopping rule set."


async def test_a_slow_reader_gets_only_the_newest_frame():
    outbox = Outbox(lambda state: state)
    for number in range(10):
        outbox.frame(b"%d" % number)
        if number < MAX_UNACKNOWLEDGED:
            assert await outbox.next() == b"%d" % number
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(outbox.next(), 0.01)
    outbox.acknowledge()
    assert await outbox.next() == b"9"


async def test_events_go_before_the_frame_that_waits_and_in_order():
    outbox = Outbox(lambda state: {**state, "page": "here"})
    outbox.frame(b"old")
    outbox.event({"version": 1})
    outbox.send({"type": "done"})
    outbox.frame(b"new")
    said = [json.loads(await outbox.next()) for _ in range(2)]
    assert said == [{"type": "state", "state": {"version": 1, "page": "here"}}, {"type": "done"}]
    assert await outbox.next() == b"new"


async def test_credit_never_grows_beyond_what_it_was():
    outbox = Outbox(lambda state: state)
    for _ in range(100):
        outbox.acknowledge()
    for _ in range(MAX_UNACKNOWLEDGED):
        outbox.frame(b"x")
        await outbox.next()
    outbox.frame(b"x")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(outbox.next(), 0.01)


async def test_a_reader_who_lets_a_megabyte_wait_is_given_up():
    outbox = Outbox(lambda state: state)
    for _ in range(3):
        outbox.send({"text": "x" * 400_000})
    with pytest.raises(SlowReaderError):
        await outbox.next()


def test_a_merge_patch_follows_the_standard():
    target = {"a": "b", "c": {"d": "e", "f": "g"}}
    assert merge(target, {"a": "z", "c": {"f": None}}) == {"a": "z", "c": {"d": "e"}}
    assert merge({"a": [1]}, {"a": {"b": None, "c": 1}}) == {"a": {"c": 1}}
    assert target == {"a": "b", "c": {"d": "e", "f": "g"}}


def test_a_choice_that_stays_keeps_its_numbers():
    given = {"optimizer": {"name": "adam", "beta1": 0.8, "schedule": {"name": "step", "drop": 0.1}}}
    same = merge_spec(given, {"optimizer": {"name": "adam", "learning_rate": 1}})
    assert same["optimizer"]["beta1"] == 0.8
    other = merge_spec(given, {"optimizer": {"schedule": {"name": "cosine"}}})
    assert other["optimizer"] == {"name": "adam", "beta1": 0.8, "schedule": {"name": "cosine"}}


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3.14159, 2.71828), (1e-6, 2e-6), (-1e9, 1e9), (5, 5), (0, 0), (1e-300, 1e99)]
)
def test_a_plane_covers_all_points_with_room_to_spare(low: float, high: float):
    x = np.array([[low, low], [high, high]])
    plane = fitted_plane(x)
    assert covers(plane, x)
    (left, right), width = plane.x1, high - low
    assert left <= low - 0.1 * width
    assert right >= high + 0.1 * width
    assert right - left <= 1.4 * width or high == low


def test_a_plane_does_not_cover_what_lies_outside():
    assert not covers(ResolvedPlane(x1=(0, 1), x2=(0, 1)), np.array([[0.5, 1.01]]))


def test_numbers_that_are_not_finite_are_null():
    value = {"a": np.array([[1.0, np.nan], [np.inf, 2.0]]), "b": float("nan"), "c": [np.float64(0.5)]}
    assert json_response(value).body == b'{"a":[[1.0,null],[null,2.0]],"b":null,"c":[0.5]}'


@pytest.mark.parametrize(
    "text", ["", "01", "[1,]", "{'a': 1}", "nul", '{"a": 1, "a": 1}', "[" * 99_999, "NaN", "\ufeff1"]
)
def test_what_is_no_json_is_malformed(text: str):
    with pytest.raises(MalformedError):
        parse(text)
