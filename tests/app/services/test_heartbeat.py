"""The watchdog's rule: what computes within what it announced lives, and what hangs does not."""

from collections.abc import Callable, Iterator

import pytest

from app.services.workers import heartbeat
from app.services.workers.heartbeat import (
    HUNG_AFTER_TICKS,
    PING_AFTER_TICKS,
    TICK_SECONDS,
    HeartbeatMonitor,
    ProcessStat,
)

FOR_EVER = 1000
Beat = Callable[[int], ProcessStat | None]


@pytest.fixture
def ticks_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """How many ticks a process with such pulses is given; FOR_EVER where it is never ended."""

    def ticks(beat: Beat, announced: float = 0.0) -> int:
        pulses: Iterator[ProcessStat | None] = map(beat, range(FOR_EVER))
        monkeypatch.setattr(heartbeat, "read_process_stat", lambda _: next(pulses))
        watched = HeartbeatMonitor(1)
        watched.message_received()
        watched.extend_timeout(announced)
        for tick in range(1, FOR_EVER):
            watched.tick()
            if watched.is_hung:
                return tick
        return FOR_EVER

    return ticks


def computing(share: float, states: str = "R") -> Beat:
    """Pulses of a process that has this share of a processor, and is seen in these states in turn."""
    return lambda tick: ProcessStat(states[tick % len(states)], 7.0 + share * tick * TICK_SECONDS)


@pytest.mark.parametrize("states", ["R", "S", "RS", "SSSSR", "D"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("announced", [0.0, 2.0])
def test_one_whose_time_of_the_processor_grows_is_ended_when_it_has_had_what_it_announced(
    ticks_of, announced: float, share: float, states: str
):
    ticks = ticks_of(computing(share, states), announced)
    had = (ticks - 1) * TICK_SECONDS * share
    assert had == pytest.approx(HUNG_AFTER_TICKS * TICK_SECONDS + heartbeat.BUSY_FACTOR * announced, abs=0.15)


def test_one_that_gets_no_processor_at_all_is_waited_for(ticks_of):
    assert ticks_of(computing(0.0)) == FOR_EVER
    assert ticks_of(computing(0.0), announced=1.0) == FOR_EVER


def test_one_that_computes_without_end_is_ended_within_a_second_and_a_half(ticks_of):
    assert ticks_of(computing(1.0)) * TICK_SECONDS <= 1.5


def test_one_that_sleeps_and_does_not_answer_is_ended_as_soon(ticks_of):
    assert ticks_of(computing(0.0, "S")) * TICK_SECONDS <= 1.5


def test_one_that_falls_asleep_in_the_middle_of_its_work_is_ended(ticks_of):
    ticks = ticks_of(lambda tick: ProcessStat("S", 7.0 + min(tick, 5) * TICK_SECONDS), announced=0.2)
    assert ticks <= 5 + HUNG_AFTER_TICKS + PING_AFTER_TICKS


@pytest.mark.parametrize("announced", [0.0, 30.0])
def test_one_that_was_stopped_is_ended_at_once_whatever_it_announced(ticks_of, announced: float):
    assert ticks_of(computing(0.0, "T"), announced) == PING_AFTER_TICKS + 1


def test_where_the_system_tells_nothing_ticks_decide(ticks_of):
    assert ticks_of(lambda _: None) == HUNG_AFTER_TICKS
    assert ticks_of(lambda _: None, announced=1.0) == HUNG_AFTER_TICKS + int(
        heartbeat.BUSY_FACTOR / TICK_SECONDS
    )


def test_a_word_begins_the_count_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(heartbeat, "read_process_stat", lambda _: None)
    watched = HeartbeatMonitor(1)
    for _ in range(10 * HUNG_AFTER_TICKS):
        watched.message_received()
        for _ in range(HUNG_AFTER_TICKS - 1):
            watched.tick()
            assert not watched.is_hung
