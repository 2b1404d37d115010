r"""L-BFGS: an optimizer that uses the curvature of E, on all training rows at once.

Newton's method would step by H⁻¹g with H the second derivatives. L-BFGS stores the last few moves s
and the changes y of the gradient that they caused. From these pairs it multiplies g by an
approximate H⁻¹ without computing H (Nocedal, Wright: Numerical Optimization, 2006,
algorithm 7.4). A backtracking line search then shortens the step until E falls enough (algorithm 3.1).
"""

from collections.abc import Callable

import numpy as np

from engine.types import Array

PAIRS = 10
HALVINGS = 30
SUFFICIENT_DECREASE = 1e-4  # c₁ of the Armijo condition, the value that Nocedal and Wright recommend

Objective = Callable[[Array], tuple[float, Array]]


def lbfgs_step(objective: Objective, theta: Array, pairs: Array, rate: float) -> tuple[Array, Array]:
    """Make one iteration and return the next θ (P,) and pairs; θ is unchanged when no step lowers E.

    objective: θ → (E, ∂E/∂θ).
    pairs (2·PAIRS, P): s₁ … then y₁ …, newest first; a pair that is missing is 0.
    rate: the first step length of the line search; 1 is the full step.
    """
    error, g = objective(theta)
    direction = -_inverse_curvature(g, pairs)
    slope = float(g @ direction)
    if not slope < 0:  # not a descent direction: rounding, or NaN
        direction, slope = -g, -float(g @ g)
    # Without pairs nothing is known of the curvature, so the first step has a length of at most 1.
    length = rate if pairs.any() else rate * min(1.0, 1.0 / max(float(np.abs(g).sum()), 1e-300))
    for _ in range(HALVINGS):
        moved = theta + length * direction
        new_error, new_g = objective(moved)
        if new_error <= error + SUFFICIENT_DECREASE * length * slope:
            return moved, _add_pair(pairs, moved - theta, new_g - g)
        length /= 2
    return theta, np.zeros_like(pairs)


def _inverse_curvature(g: Array, pairs: Array) -> Array:
    """Return H⁻¹g by the two-loop recursion, from the newest pair to the oldest and back."""
    s, y = pairs[:PAIRS], pairs[PAIRS:]
    stored = [pair for pair in range(PAIRS) if s[pair].any()]
    if not stored:
        return g
    q, weights = g.copy(), {}
    for pair in stored:
        weights[pair] = float(s[pair] @ q) / float(s[pair] @ y[pair])
        q -= weights[pair] * y[pair]
    newest = stored[0]
    q *= float(s[newest] @ y[newest]) / float(y[newest] @ y[newest])
    for pair in reversed(stored):
        q += s[pair] * (weights[pair] - float(y[pair] @ q) / float(s[pair] @ y[pair]))
    return q


def _add_pair(pairs: Array, s: Array, y: Array) -> Array:
    """Return the pairs with (s, y) first; unchanged where the curvature along s is not positive."""
    curvature, change = float(s @ y), float(y @ y)
    # H would no longer be positive definite, or y is so small that y·y, which scales H, underflows to 0.
    if not change or curvature <= 1e-10 * change:
        return pairs
    moves, changes = pairs[:PAIRS], pairs[PAIRS:]
    return np.concatenate([s[np.newaxis], moves[:-1], y[np.newaxis], changes[:-1]])
