r"""Activation functions: a = g(z), and the slope g'(z) that backpropagation multiplies by.

Without a nonlinear activation, a stack of layers would be one linear map. Each function is followed
by its derivative. The derivative receives both z and a, because many slopes are simplest in terms
of the value: σ' = σ(1 − σ), tanh' = 1 − tanh².

To add one, write the two functions with NumPy ufuncs alone (so that `tape` can record them) and
add its entry to ACTIVATIONS: the page, the service and the tests read it from there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.types import Array

LEAK = 0.01
SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805
GELU_CURVE = 0.044715
GELU_SLOPE = 0.7978845608028654  # √(2/π)


@dataclass(frozen=True)
class Activation:
    """Activation function.

    function: z → a, elementwise, any shape.
    derivative: (z, a) → g'(z), of z's shape, or one number where the slope is constant.
    formula, slope: TeX of g(z) and of g'(z).
    javascript: g(z) as a JavaScript expression in z, for evaluation in the page.
    pytorch: g(z) as a PyTorch expression in z, for exported networks.
    gates: g(z) as a typed expression of elementary gates, for the computation graph.
    kinks: the z at which the slope jumps; a central difference across one is no derivative.
    bounded: whether a stays within [−1, 1] for every z.
    """

    name: str
    label: str
    formula: str
    slope: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array | float]
    javascript: str
    pytorch: str
    gates: str
    kinks: tuple[float, ...] = ()
    bounded: bool = False

    @property
    def gate(self) -> str:
        """The function's name in a typed expression; empty for the identity."""
        return {"linear": "", "sine": "sin"}.get(self.name, self.name)


def linear(z: Array) -> Array:
    """Return z itself."""
    return z


def linear_slope(z: Array, a: Array) -> float:
    """Return 1."""
    return 1.0


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e⁻ᶻ), between 0 and 1, with ½ at z = 0."""
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z: Array, a: Array) -> Array:
    """Return σ(1 − σ): at most ¼, and near 0 where the unit is saturated."""
    return a * (1 - a)


def tanh(z: Array) -> Array:
    """Return tanh z, between −1 and 1, with 0 at z = 0."""
    return np.tanh(z)


def tanh_slope(z: Array, a: Array) -> Array:
    """Return 1 − tanh²: 1 at z = 0, and near 0 where the unit is saturated."""
    return 1 - a * a


def relu(z: Array) -> Array:
    """Return z where positive, else 0."""
    return np.maximum(z, 0)


def relu_slope(z: Array, a: Array) -> Array:
    """Return 1 where z > 0, else 0; at the kink z = 0 this is a convention."""
    return np.heaviside(z, 0)


def leaky_relu(z: Array) -> Array:
    """Return z where positive, else a hundredth of it."""
    return np.maximum(z, LEAK * z)


def leaky_relu_slope(z: Array, a: Array) -> Array:
    """Return 1 where z > 0, else 0.01, so that no unit is ever dead."""
    return LEAK + (1 - LEAK) * np.heaviside(z, 0)


def elu(z: Array) -> Array:
    """Return z where positive, else eᶻ − 1 (Clevert et al. 2015, α = 1)."""
    return np.maximum(z, 0) + np.expm1(np.minimum(z, 0))


def elu_slope(z: Array, a: Array) -> Array:
    """Return 1 where z > 0, else eᶻ, which is a + 1."""
    return np.minimum(a, 0) + 1


def selu(z: Array) -> Array:
    """Return ELU, scaled so that signals keep mean 0 and variance 1 (Klambauer et al. 2017)."""
    return SELU_SCALE * np.maximum(z, 0) + SELU_SCALE * SELU_ALPHA * np.expm1(np.minimum(z, 0))


def selu_slope(z: Array, a: Array) -> Array:
    """Return λ where z > 0, else λα eᶻ, which is a + λα."""
    on = np.heaviside(z, 0)
    return SELU_SCALE * on + (np.minimum(a, 0) + SELU_SCALE * SELU_ALPHA) * (1 - on)


def gelu(z: Array) -> Array:
    """Return z times the normal distribution function at z (Hendrycks, Gimpel 2016, tanh form)."""
    return 0.5 * z * (1 + np.tanh(GELU_SLOPE * (z + GELU_CURVE * z * z * z)))


def gelu_slope(z: Array, a: Array) -> Array:
    """Apply the product rule to ½z(1 + t)."""
    t = np.tanh(GELU_SLOPE * (z + GELU_CURVE * z * z * z))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * GELU_SLOPE * (1 + 3 * GELU_CURVE * z * z)


def softplus(z: Array) -> Array:
    """Return ln(1 + eᶻ), a smooth ReLU."""
    return np.logaddexp(z, 0)


def softplus_slope(z: Array, a: Array) -> Array:
    """Return σ(z)."""
    return sigmoid(z)


def silu(z: Array) -> Array:
    """Return z σ(z), which is slightly negative for z < 0."""
    return z * sigmoid(z)


def silu_slope(z: Array, a: Array) -> Array:
    """Apply the product rule to z σ(z)."""
    s = sigmoid(z)
    return s + a * (1 - s)


def mish(z: Array) -> Array:
    """Return z tanh(softplus z) (Misra 2019)."""
    return z * np.tanh(softplus(z))


def mish_slope(z: Array, a: Array) -> Array:
    """Apply the product and chain rules to z tanh(softplus z)."""
    t = np.tanh(softplus(z))
    return t + z * sigmoid(z) * (1 - t * t)


def sine(z: Array) -> Array:
    """Return sin z, the only periodic activation here."""
    return np.sin(z)


def sine_slope(z: Array, a: Array) -> Array:
    """Return cos z."""
    return np.cos(z)


_SOFTPLUS_JS = "(Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))))"
_SELU_TEX = rf",\; \lambda = {SELU_SCALE:.4f},\;\alpha = {SELU_ALPHA:.4f}"
_GELU_TEX = r"\sqrt{2/\pi}\,(z + 0.044715\,z^3)"

ACTIVATIONS: dict[str, Activation] = {
    entry.name: entry
    for entry in (
        Activation("linear", "Linear", "z", "1", linear, linear_slope, "z", "z", "z"),
        Activation(
            "sigmoid", "Sigmoid", r"\frac{1}{1 + e^{-z}}", r"a\,(1 - a)",
            sigmoid, sigmoid_slope, "1 / (1 + Math.exp(-z))", "torch.sigmoid(z)",
            "1/(1 + exp(-z))", bounded=True,
        ),
        Activation(
            "tanh", "Tanh", r"\tanh z", "1 - a^2", tanh, tanh_slope, "Math.tanh(z)", "torch.tanh(z)",
            "2/(1 + exp(-2*z)) - 1", bounded=True,
        ),
        Activation(
            "relu", "ReLU", r"\max(0, z)", r"\begin{cases}1 & z > 0\\0 & z \le 0\end{cases}",
            relu, relu_slope, "Math.max(z, 0)", "F.relu(z)", "max(z, 0)", kinks=(0.0,),
        ),
        Activation(
            "leaky_relu", "Leaky ReLU", r"\max(0.01\,z, z)",
            r"\begin{cases}1 & z > 0\\0.01 & z \le 0\end{cases}",
            leaky_relu, leaky_relu_slope, f"Math.max(z, {LEAK} * z)", f"F.leaky_relu(z, {LEAK})",
            f"max(z, {LEAK}*z)", kinks=(0.0,),
        ),
        Activation(
            "elu", "ELU", r"\begin{cases}z & z > 0\\e^z - 1 & z \le 0\end{cases}",
            r"\begin{cases}1 & z > 0\\a + 1 & z \le 0\end{cases}",
            elu, elu_slope, "z > 0 ? z : Math.expm1(z)", "F.elu(z)",
            "max(z, 0) + exp(min(z, 0)) - 1",
        ),
        Activation(
            "selu", "SELU",
            r"\begin{cases}\lambda z & z > 0\\\lambda\alpha\,(e^z - 1) & z \le 0\end{cases}" + _SELU_TEX,
            r"\begin{cases}\lambda & z > 0\\a + \lambda\alpha & z \le 0\end{cases}" + _SELU_TEX,
            selu, selu_slope, f"{SELU_SCALE} * (z > 0 ? z : {SELU_ALPHA} * Math.expm1(z))", "F.selu(z)",
            f"{SELU_SCALE}*(max(z, 0) + {SELU_ALPHA}*(exp(min(z, 0)) - 1))", kinks=(0.0,),
        ),
        Activation(
            "gelu", "GELU", rf"\tfrac12 z\left(1 + \tanh\left({_GELU_TEX}\right)\right)",
            r"\tfrac12 (1 + t) + \tfrac12 z\,(1 - t^2)\sqrt{2/\pi}\,(1 + 0.134145\,z^2),\; "
            rf"t = \tanh\left({_GELU_TEX}\right)",
            gelu, gelu_slope, f"0.5 * z * (1 + Math.tanh({GELU_SLOPE} * (z + {GELU_CURVE} * z * z * z)))",
            'F.gelu(z, approximate="tanh")', f"0.5*z*(1 + tanh({GELU_SLOPE}*(z + {GELU_CURVE}*z^3)))",
        ),
        Activation(
            "softplus", "Softplus", r"\ln(1 + e^z)", r"\sigma(z)", softplus, softplus_slope, _SOFTPLUS_JS,
            "F.softplus(z, threshold=40)", "log(1 + exp(z))",
        ),
        Activation(
            "silu", "SiLU", r"z\,\sigma(z)", r"\sigma(z) + a\,(1 - \sigma(z))",
            silu, silu_slope, "z / (1 + Math.exp(-z))", "F.silu(z)",
            "z/(1 + exp(-z))",
        ),
        Activation(
            "mish", "Mish", r"z \tanh(\ln(1 + e^z))",
            r"t + z\,\sigma(z)\,(1 - t^2),\; t = \tanh(\ln(1 + e^z))",
            mish, mish_slope, f"z * Math.tanh{_SOFTPLUS_JS}", "F.mish(z)",
            "z*tanh(log(1 + exp(z)))",
        ),
        Activation(
            "sine", "Sine", r"\sin z", r"\cos z", sine, sine_slope, "Math.sin(z)", "torch.sin(z)", "sin(z)",
            bounded=True,
        ),
    )
}  # fmt: skip
