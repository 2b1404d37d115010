import pytest

from engine.schedules import SCHEDULES

EVERY_SCHEDULE = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=lambda entry: entry.name)


def factors(name, moments, **parameters):
    return [SCHEDULES[name].factor(step, epoch, **parameters) for step, epoch in moments]


@EVERY_SCHEDULE
def test_a_factor_is_never_negative_or_above_one(schedule):
    for epoch in (0, 1, 7, 500, 10**6):
        assert 0 <= schedule.factor(step=25 * epoch, epoch=epoch) <= 1


@EVERY_SCHEDULE
def test_all_but_warm_up_start_at_the_full_rate(schedule):
    assert schedule.factor(0, 0) == (0.01 if schedule.name == "warmup" else 1)


def test_constant_stays_one():
    assert factors("constant", [(0, 0), (999, 99)]) == [1, 1]


def test_step_falls_at_whole_multiples_only():
    assert factors("step", [(0, 9), (0, 10), (0, 19), (0, 20)], drop=0.1, every=10) == pytest.approx(
        [1, 0.1, 0.1, 0.01]
    )


def test_exponential_falls_by_the_same_share_every_epoch():
    assert factors("exponential", [(0, 0), (0, 1), (0, 3)], decay=0.5) == [1, 0.5, 0.125]


def test_inverse_time_is_half_after_one_over_decay_epochs():
    assert factors("inverse_time", [(0, 0), (0, 10), (0, 30)], decay=0.1) == [1, 0.5, 0.25]


def test_cosine_is_halfway_at_half_time_and_stays_at_its_floor():
    assert factors("cosine", [(0, 0), (0, 50), (0, 100), (0, 200)], epochs=100, floor=0.2) == pytest.approx(
        [1, 0.6, 0.2, 0.2]
    )


def test_warm_up_counts_steps_and_rises_in_a_straight_line():
    assert factors("warmup", [(0, 0), (4, 0), (9, 0), (500, 0)], steps=10) == pytest.approx([0.1, 0.5, 1, 1])


def test_the_parameters_of_every_schedule_are_named_with_what_they_are_when_not_given():
    for schedule in SCHEDULES.values():
        schedule.check(**schedule.parameters)
        assert schedule.factor(7, 3) == schedule.factor(7, 3, **schedule.parameters)


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("step", {"every": 0}, "step's every must be at least 1, got 0"),
        ("step", {"drop": 1.5}, "step's drop must be at least 0 and at most 1, got 1.5"),
        ("exponential", {"decay": -0.1}, "exponential's decay must be at least 0 and at most 1, got -0.1"),
        ("inverse_time", {"decay": float("inf")}, "inverse_time's decay must be at least 0, got inf"),
        ("cosine", {"epochs": float("nan")}, "cosine's epochs must be at least 1, got nan"),
        ("warmup", {"epochs": 3}, "warmup has no parameter 'epochs'; its parameters: steps"),
        ("constant", {"decay": 0.5}, "constant has no parameter 'decay'; its parameters: none"),
    ],
)
def test_a_parameter_unknown_or_out_of_range_is_refused_with_what_is_allowed(name, parameters, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        SCHEDULES[name].check(**parameters)
    assert str(caught.value) == message
