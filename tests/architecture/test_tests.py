"""Tests are claims: each one can fail, none is skipped, and its name says what it claims."""

import ast

from tests.architecture.tree import Function, files, functions, name, report, syntax

CLAIMING = ("assert", "expect", "raises", "warns", "fail", "validate", "call_and_validate")
SKIPPING = {"skip", "skipif", "importorskip"}
WORDS_OF_A_CLAIM = 3


def called(node: ast.AST) -> str:
    """The last part of the name that a call calls, "raises" in pytest.raises(...); otherwise empty."""
    function = node.func if isinstance(node, ast.Call) else None
    return (
        function.attr
        if isinstance(function, ast.Attribute)
        else function.id
        if isinstance(function, ast.Name)
        else ""
    )


def can_fail(function: Function) -> bool:
    """Whether a test asserts something, itself or through a function whose name says that it does."""
    return any(
        isinstance(node, ast.Assert) or called(node).startswith(CLAIMING) for node in ast.walk(function)
    )


def every_test() -> list[tuple[str, Function]]:
    """Place and syntax tree of every test function."""
    return [
        (f"{name(path)}:{function.lineno} {function.name}", function)
        for path in files(".py", under="tests")
        if path.name.startswith("test_")
        for function in functions(syntax(path))
        if function.name.startswith("test_")
    ]


def test_a_test_without_any_claim_is_recognised():
    source = """
def test_one(): run()
def test_two(): assert run()
def test_three(page): expect(page).to_have_title("x")
async def test_four():
    with pytest.raises(ValueError): run()
def test_five(): np.testing.assert_allclose(1, 1)
"""
    assert [can_fail(function) for function in functions(ast.parse(source))] == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_every_test_can_fail():
    problems = [place for place, function in every_test() if not can_fail(function)]
    assert not problems, report(
        "a test needs an assert, pytest.raises, expect(...) or assert_...(...):", problems
    )


def test_no_test_is_ever_skipped():
    problems = [
        f"{name(path)}:{node.lineno} {node.attr}"
        for path in files(".py", under="tests")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and node.attr in SKIPPING
    ]
    assert not problems, report(
        "a skipped test hides what is missing; install it, or fail and say so:", problems
    )


def test_the_name_of_every_test_is_a_claim():
    problems = [
        place for place, function in every_test() if len(function.name.split("_")) <= WORDS_OF_A_CLAIM
    ]
    assert not problems, report(
        "a test is named by what it claims, as in test_a_slow_reader_gets_the_newest_frame:", problems
    )


def test_no_two_tests_of_a_file_have_the_same_name():
    seen: set[tuple[str, str]] = set()
    problems = []
    for place, function in every_test():
        key = (place.partition(":")[0], function.name)
        problems += [place] if key in seen else []
        seen.add(key)
    assert not problems, report("the second of two tests with one name hides the first:", problems)
