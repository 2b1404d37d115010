import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.expression import MAX_DEPTH, MAX_LENGTH, ExpressionError, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("2 * 3^2", 18),
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("2^3^2", 512),
        ("2^-1", 0.5),
        ("2^-1^2", 0.5),
        ("-2^-2", -0.25),
        ("10 - 4 - 3", 3),
        ("100 / 10 / 5", 2),
        ("100 / 10 * 5", 50),
        ("2 * -3", -6),
        ("--3", 3),
        ("+3 - +2", 1),
        ("-3 * 2 + 1", -5),
        ("2^-1*4", 2),
        (".5 + 1. + 1e-3 + 2E+1", 21.501),
        ("max(1, 5, 3) - min(4, 2)", 3),
        ("abs(-2) * sqrt(9)", 6),
        (" ( 1\t+\n2 ) ", 3),
        ("exp(0) + log(1) + cos(0) + sin(0) + tan(0)", 2),
        ("sigmoid(0) + tanh(0) + relu(-1) + relu(2)", 2.5),
        ("1/4", 0.25),
        ("1/2/2", 0.25),
        ("6/3", 2),
    ],
)
def test_signs_bind_as_in_mathematics(text, value):
    assert float(parse(text).evaluate({})) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(("text", "same"), [("-x^2", "-(x^2)"), ("a^b^c", "a^(b^c)"), ("-x*y", "(-x)*y")])
def test_a_minus_binds_looser_than_a_power_and_tighter_than_a_product(text, same):
    assert parse(text).node_list() == parse(same).node_list()


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "found the end: expected a number, a name, a function or ("),
        ("   ", 3, "found the end"),
        ("x +", 3, "found the end: expected a number"),
        ("x + * y", 4, "found '*' at position 4: expected a number"),
        ("* x", 0, "found '*' at position 0"),
        ("(x + y", 6, "found the end: expected )"),
        ("x + y)", 5, "found ')' at position 5: expected + - * / ^ or the end"),
        ("()", 1, "found ')' at position 1: expected a number"),
        ("2x", 1, "found 'x' at position 1: expected + - * / ^ or the end; write a product with *"),
        ("x y", 2, "found 'y' at position 2"),
        ("x ** 2", 2, "found '**' at position 2: a power is written ^"),
        ("x²", 1, "a square is written ^2"),
        ("2 × 3", 2, "a product is written *"),
        ("1 − x", 2, "a minus is written -"),
        ("x[1]", 1, "brackets are round"),
        ("a # b", 2, "found '#' at position 2: expected numbers, names"),
        ("1.2.3", 3, "found '.3' at position 3"),
        ("1 + 1e999", 4, "found '1e999' at position 4: a number must be at most"),
        ("f(x)", 0, "found 'f' at position 0: this is not a function; use one of these: exp, log"),
        ("2 + sin", 7, "found the end: expected ( after the function sin"),
        ("sin x", 4, "found 'x' at position 4: expected ( after the function sin"),
        ("sin()", 4, "found ')' at position 4: expected a number"),
        ("1 + exp(x, y)", 4, "exp takes 1 argument, got 2"),
        ("max(x)", 0, "max takes 2 or more arguments, got 1"),
        ("max(x,, y)", 6, "found ',' at position 6"),
        ("x, y", 1, "found ',' at position 1"),
        ("_x", 0, "found '_' at position 0"),
        ("ñ", 0, "found 'ñ' at position 0"),
        ("٣", 0, "found '٣' at position 0"),
    ],
)
def test_an_error_says_what_was_found_where_and_what_was_expected(text, position, message):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.position == position
    assert message in str(caught.value)


@pytest.mark.parametrize("count", [MAX_DEPTH + 1, 100_000])
@pytest.mark.parametrize("shape", ["({}", "-{}", "exp({}", "x^{}", "1/({}", "max(1,{}"])
def test_whatever_is_nested_too_deeply_or_too_long_is_refused_at_once(shape, count):
    start = time.perf_counter()
    with pytest.raises(ExpressionError, match=r"deeper than 100 levels|at most 1,000 characters"):
        parse(shape.format("") * count + "x")
    assert time.perf_counter() - start < 0.5


def test_what_is_nested_as_deeply_as_allowed_is_computed():
    depth = MAX_DEPTH - 1
    assert float(parse("(" * depth + "x" + ")" * depth).evaluate({"x": 4})) == 4
    assert float(parse("-" * (depth // 2) + "x").evaluate({"x": 4})) == -4


def test_a_long_sum_is_no_deep_one():
    text = "+".join("x" * (MAX_LENGTH // 2))
    expression = parse(text)
    assert expression.trace({"x": 1.5}).gradients == {"x": MAX_LENGTH // 2}
    assert expression.tex.count("+") == MAX_LENGTH // 2 - 1


def test_a_text_longer_than_allowed_is_refused_with_its_length():
    with pytest.raises(ExpressionError, match="at most 1,000 characters, got 1,001") as caught:
        parse("x" * (MAX_LENGTH + 1))
    assert caught.value.position == MAX_LENGTH


def test_a_message_shows_no_more_than_the_start_of_what_was_found():
    with pytest.raises(ExpressionError) as caught:
        parse("y" * 900 + "(1)")
    assert len(str(caught.value)) < 250


def parse_or_error(text):
    try:
        return parse(text)
    except ExpressionError as error:
        return error


@given(st.text(max_size=60) | st.text("xy12.e+-*/^(), maxinsp", max_size=60))
@example("1e5e5")
@example("x" * 60)
@example("9^9^9^9^9")
def test_any_text_is_either_an_expression_or_an_error_within_the_text(text):
    outcome = parse_or_error(text)
    if isinstance(outcome, ExpressionError):
        assert 0 <= outcome.position <= len(text)
    else:
        trace = outcome.trace(dict.fromkeys(outcome.names, 0.5))
        assert isinstance(trace.value, float)
        assert len(outcome.nodes) <= len(text)
        assert outcome.tex


@pytest.mark.parametrize(
    ("text", "operations"),
    [
        ("1/x", ["variable", "reciprocal"]),
        ("2/x", ["constant", "variable", "divide"]),
        ("-x", ["variable", "negate"]),
        ("-2", ["constant"]),
        ("x*-2", ["variable", "constant", "multiply"]),
        ("--2", ["constant"]),
        ("x/1", ["variable", "constant", "divide"]),
    ],
)
def test_what_a_person_sees_as_one_gate_or_one_number_is_one(text, operations):
    assert [node.operation for node in parse(text).nodes] == operations


def test_random_bytes_of_arithmetic_never_overflow_the_stack():
    rng = np.random.default_rng(0)
    for _ in range(50):
        text = "".join(rng.choice(list("()-^x*+1"), size=MAX_LENGTH))
        with pytest.raises(ExpressionError):
            parse(text)
