"""Plan cache: plans that fit the memory stay, and the least recently used are evicted."""

import pytest

from engine.compiled.plan_cache import STACK_LIMIT, PlanCache, longest_stack, padded_size, plan_bytes
from engine.update import Update
from tests.engine.strategies import architecture

SMALL, LARGE = Update(architecture(2, 4, 2, 1)), Update(architecture(2, 64, 64, 3))


def test_a_shape_that_comes_again_finds_its_plan():
    cache = PlanCache()
    first = cache.plan(SMALL, 10, 1)
    assert cache.plan(SMALL, 10, 2) is not first
    assert cache.plan(Update(architecture(2, 4, 2, 1)), 10, 1) is first


def test_without_room_the_plan_unused_for_the_longest_goes():
    cache = PlanCache(max_bytes=2 * plan_bytes(SMALL, 10))
    first, second = cache.plan(SMALL, 10, 1), cache.plan(SMALL, 9, 1)
    assert cache.plan(SMALL, 10, 1) is first
    cache.plan(SMALL, 8, 1)
    assert cache.plan(SMALL, 10, 1) is first
    assert cache.plan(SMALL, 9, 1) is not second


def test_a_plan_larger_than_the_shelf_is_made_all_the_same():
    cache = PlanCache(max_bytes=1)
    assert cache.plan(SMALL, 10, 1).batch == 10
    assert cache.plan(SMALL, 9, 1).batch == 9


def test_large_networks_make_short_stacks():
    assert longest_stack(SMALL, 10) == STACK_LIMIT
    assert 1 < longest_stack(LARGE, 10) < 20
    assert longest_stack(LARGE, 100_000) == 1


@pytest.mark.parametrize("runs", range(1, STACK_LIMIT + 1))
def test_a_stack_has_room_for_all_and_wastes_a_quarter_at_most(runs):
    assert runs <= padded_size(runs) < 1.25 * runs + 1e-9


def test_few_sizes_of_stacks_serve_any_number_of_runs():
    assert len({padded_size(runs) for runs in range(1, STACK_LIMIT + 1)}) < 30
