import pytest

from engine.expression import parse


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x1", "x_{1}"),
        ("w_12", "w_{12}"),
        ("rate", r"\mathit{rate}"),
        ("learning_rate2", r"\mathit{learning\_rate}_{2}"),
        ("2.50", "2.5"),
        ("1e-7", "10^{-7}"),
        ("-3e20*x", r"-3 \cdot 10^{20} \cdot x"),
        ("-x*y + -3*z", r"-x \cdot y + \left(-3 \cdot z\right)"),
        ("(a + b) * c", r"\left(a + b\right) \cdot c"),
        ("a + b * c", r"a + b \cdot c"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a - b - c", "a - b - c"),
        ("a + -b", r"a + \left(-b\right)"),
        ("-(a + b)", r"-\left(a + b\right)"),
        ("(a + b) / (c * d)", r"\frac{a + b}{c \cdot d}"),
        ("1/(1+exp(-x))", r"\frac{1}{1 + e^{-x}}"),
        ("-x^2", "-x^{2}"),
        ("(-2)^x", r"\left(-2\right)^{x}"),
        ("(a/b)^2", r"\left(\frac{a}{b}\right)^{2}"),
        ("x^(a+b)", "x^{a + b}"),
        ("(x^2)^3", r"\left(x^{2}\right)^{3}"),
        ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
        ("sqrt(abs(x))", r"\sqrt{\left|x\right|}"),
        ("max(a, b)", r"\max\left(a, b\right)"),
        ("sigmoid(x1*x2)", r"\sigma\left(x_{1} \cdot x_{2}\right)"),
    ],
)
def test_brackets_stand_where_the_formula_needs_them(text, tex):
    assert parse(text).tex == tex
