import numpy as np
import pytest

from engine.data.features import FEATURES, check_finite, compute, parse_features
from engine.expression import ExpressionError

X = np.array([[1.0, -2.0], [0.5, 3.0], [0.0, 0.0]])


def test_seven_formulas_are_on_offer_in_the_menus_order():
    assert list(FEATURES) == ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]


def test_the_formulas_on_offer_are_what_they_say():
    x1, x2 = X.T
    expected = np.column_stack([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])
    np.testing.assert_array_equal(compute(list(FEATURES), X), expected)


def test_every_feature_has_a_formula_in_tex():
    assert [feature.tex for feature in FEATURES.values()] == [
        "x_{1}", "x_{2}", "x_{1}^{2}", "x_{2}^{2}", r"x_{1} \cdot x_{2}",
        r"\sin\left(x_{1}\right)", r"\sin\left(x_{2}\right)",
    ]  # fmt: skip


def test_any_expression_in_the_inputs_is_a_feature():
    np.testing.assert_allclose(
        compute(["exp(-x1^2) * tanh(x2)", "3"], X),
        np.column_stack([np.exp(-(X[:, 0] ** 2)) * np.tanh(X[:, 1]), [3, 3, 3]]),
    )


def test_more_inputs_are_called_x1_to_xn():
    x = np.arange(12.0).reshape(1, 12)
    np.testing.assert_array_equal(compute(["x12 - x10"], x), [[2.0]])


def test_a_name_that_is_no_input_is_an_error_at_its_position():
    with pytest.raises(
        ExpressionError, match=r"'x1 \+ x3' uses x3, which is not an input; use these inputs: x1, x2"
    ) as caught:
        compute(["x1", "x1 + x3"], X)
    assert caught.value.position == 5


def test_a_formula_that_is_no_expression_is_an_error_at_its_position():
    with pytest.raises(ExpressionError) as caught:
        parse_features(["x1 +"], 2)
    assert caught.value.position == 4


def test_no_feature_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one feature, got none"):
        compute([], X)


def test_a_feature_without_a_value_is_refused_with_its_example():
    formulas = ["x1", "log(x1)"]
    with pytest.raises(ValueError, match=r"log\(x1\) has no finite value at example 2, where x1 = 0, x2 = 0"):
        check_finite(formulas, X, compute(formulas, X))


def test_features_with_values_everywhere_pass():
    formulas = ["x1", "x2^2", "1/(1 + x1^2)"]
    features = compute(formulas, X)
    check_finite(formulas, X, features)
    assert np.isfinite(features).all()
