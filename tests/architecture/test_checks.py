"""The subsets of tests/checks.py hold what their names promise."""

from tests.checks import CHECKS, SUBSETS, expand


def test_all_checks_are_static_ones_and_every_test_once():
    assert set(SUBSETS["all"]) == set(CHECKS) - {"fast-tests"}


def test_the_daily_check_leaves_out_the_browser_and_slow_tests():
    assert "browser-tests" not in SUBSETS["check"]
    assert [name for name in SUBSETS["check"] if name.endswith("tests")] == ["fast-tests"]
    assert "-m 'not slow'" in CHECKS["fast-tests"]


def test_a_subset_and_a_check_of_it_run_each_check_once():
    assert expand(["static", "lint"]) == SUBSETS["static"]
