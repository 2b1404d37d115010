"""Faults that a right engine does not have: what stands there, and what a slip would have made of it.

Each replaces a text that occurs exactly once in its file; a test holds the list to that. `tests` are
the test files that should notice.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One slip: in engine/`file`.py, `right` became `wrong`; tests/engine/test_`tests`.py should fail."""

    title: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]


def _faults(*rows: tuple[str, str, str, str, str]) -> list[Fault]:
    return [Fault(title, file, right, wrong, tuple(tests.split())) for title, file, right, wrong, tests in rows]


SLOPES = _faults(
    ("tanh's slope without the square", "activations", "return 1 - a * a", "return 1 - a",
     "gradcheck"),
    ("leaky ReLU leaks forward only", "activations",
     "return LEAK + (1 - LEAK) * np.heaviside(z, 0)", "return np.heaviside(z, 0)", "gradcheck"),
    ("the sigmoid's slope with the wrong sign", "activations", "return a * (1 - a)", "return a * (1 + a)",
     "gradcheck"),
    ("GELU's inner slope off by a factor", "activations", "(1 + 3 * GELU_CURVE * z * z)",
     "(1 + GELU_CURVE * z * z)", "gradcheck"),
    ("ReLU's slope at 0 is 1", "activations", "return np.heaviside(z, 0)\n\n\ndef leaky_relu(",
     "return np.heaviside(z, 1)\n\n\ndef leaky_relu(", "activations"),
    ("Huber's gradient is not bounded", "losses", "return np.minimum(np.maximum(a - y, -1), 1)",
     "return a - y", "gradcheck"),
    ("softmax overflows", "losses", "np.exp(z - np.maximum.reduce(z, axis=axis, keepdims=True))",
     "np.exp(z)", "losses"),
    ("E is a sum over the examples", "losses", "axis).mean(axis=-1)", "axis).sum(axis=-1)".replace("axis)", "-1)", 1),
     "losses"),
)  # fmt: skip
