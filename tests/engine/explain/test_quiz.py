"""Questions about a trace: right answers pass, classic mistakes are named."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.trainer.queries.number_input import typed_number
from engine.explain.quiz import ROUNDING, Question, grade, questions, sample
from engine.explain.trace import Line, Term, trace
from tests.engine.explain.test_trace import worked_example
from tests.engine.strategies import architecture_for, run


@pytest.fixture(scope="module")
def asked():
    return {question.symbol: question for question in questions(trace(worked_example(), 0))}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.73", 0.73), ("0,73", 0.73), (" −3/8 ", -0.375), ("1 1/2", 1.5), ("-1 1/2", -1.5), (",5", 0.5),
        ("2,5·10⁻³", 0.0025), ("2.5*10^-3", 0.0025), ("1e-4", 1e-4), ("73 %", 0.73), ("1/0", None),
        ("", None), ("x", None), ("1,2,3", None), ("1e999", None), ("9" * 50, None), ("0,1/0.4", 0.25),
        ("1*10^999", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, number):
    assert typed_number(text) == (None if number is None else pytest.approx(number))


def test_every_kind_of_value_can_be_asked_about(asked):
    assert {question.kind for question in asked.values()} == {"z", "a", "loss", "delta", "gradient", "weight"}
    assert not any(symbol.startswith("w_") and symbol[3] == "0" for symbol in asked), "biases are frozen"
    assert all(grade(question, question.value).correct for question in asked.values())


@pytest.mark.parametrize(
    ("symbol", "answer", "missing", "symbols"),
    [
        ("z_1^(2)", 0.3775 - 0.35, "term", "w_10^(1)"),
        ("z_1^(2)", 0.59327, "applied", ""),
        ("a_1^(2)", 0.3775, "activation", ""),
        ("E", 2 * 0.298371109, "factor", "½"),
        ("δ_1^(3)", 0.74136507, "factor", "g'(z_1^(3))"),
        ("δ_1^(3)", 0.18681560, "factor", "∂E/∂a_1^(3)"),
        ("δ_1^(3)", -0.13849856, "sign", ""),
        ("∂E/∂w_11^(2)", 0.13849856, "factor", "a_1^(2)"),
        ("∂E/∂w_11^(2)", 0.74136507 * 0.59326999, "factor", "g'(z_1^(3))"),
        ("w_11^(2)", 0.4 + 0.04108352, "sign", ""),
        ("w_11^(2)", 0.4 - 0.08216704, "factor", "η"),
        ("w_11^(2)", -0.04108352, "old", "w_11^(2)"),
        ("w_11^(1)", 0.15, "unchanged", ""),
    ],
)
def test_a_wrong_answer_is_told_what_it_left_out(asked, symbol, answer, missing, symbols):
    judgement = grade(asked[symbol], answer)
    assert not judgement.correct
    assert judgement.mistake
    assert (judgement.mistake.missing, " ".join(judgement.mistake.symbols)) == (missing, symbols)


def test_rounded_answers_are_right_and_guesses_get_no_hint(asked):
    assert grade(asked["a_1^(3)"], 0.75).correct
    assert grade(asked["w_11^(2)"], 0.3589).correct
    assert grade(asked["w_11^(1)"], 0.1498).correct
    assert grade(asked["a_1^(3)"], 17.0).mistake is None


@pytest.mark.parametrize("name", ["tanh", "relu", "linear"])
def test_no_right_answer_is_taken_for_a_mistake(name):
    made = run(architecture_for("half_squared_error", 2, 3, 2, 1, activation=name), seed=3)
    for row in range(5):
        assert all(grade(question, question.value).correct for question in questions(trace(made, row)))


def test_a_choice_takes_the_kinds_in_turn_and_keeps_the_order(asked):
    every = list(asked.values())
    picked = sample(every, 6, np.random.default_rng(7))
    assert len({question.kind for question in picked}) == 6
    assert [every.index(question) for question in picked] == sorted(map(every.index, picked))
    assert len(sample(every, 1000, np.random.default_rng(7))) == len(every)


def test_tanh_of_a_small_sum_is_not_mistaken_for_the_sum():
    small = run(architecture_for("half_squared_error", 2, 1, 1, activation="tanh"))
    small.set_parameters(np.array([0.0023113405, 0.0, 0.0, 0.0, 1.0]))
    asked = {question.symbol: question for question in questions(trace(small, 0))}
    assert grade(asked["a_1^(2)"], 0.00231134).correct


def question_about_weight(weight: float, step: float) -> Question:
    """The question about an update of `weight` by `step`."""
    terms = (Term((), (weight,), weight), Term((), (step,), step))
    line = Line("update", 1, 1, "w_11^(1)", "w_{11}^{(1)}", weight + step, terms)
    return questions([line])[0]


@given(weight=st.floats(-1e300, 1e300), exponent=st.integers(-323, 300), below=st.floats(0, 1e-11))
@example(weight=1.0, exponent=-3, below=2e-12)
@example(weight=0.0, exponent=-320, below=0.0)
@example(weight=5e-324, exponent=-323, below=0.0)
def test_a_tolerance_is_one_two_or_five_times_a_power_of_ten_of_any_size(weight, exponent, below):
    step = 2 * float(f"1e{exponent}") * (1 - below)
    question = question_about_weight(weight, step)
    moved = abs(question.value - weight)
    assert question.tolerance > 0
    assert Decimal(str(question.tolerance)).normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert question.tolerance <= max(
        0.5 * moved * (1 + 2 * ROUNDING), 1e-3 * abs(question.value) * (1 + 1e-9), 1e-300
    )
