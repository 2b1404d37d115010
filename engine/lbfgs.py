r"""L-BFGS: a step that knows the curvature, on all training rows at once.

Newton's method would step by H⁻¹g with H the second derivatives. L-BFGS keeps the last few moves s
and the changes of the gradient y that they brought, and from these pairs multiplies g by an
approximate H⁻¹ without ever writing H down (Nocedal, Wright: Numerical Optimization, 2006,
algorithm 7.4). A backtracking search then shortens the step until E falls enough (algorithm 3.1).
"""

from collections.abc import Callable

import numpy as np

from engine.types import Array

PAIRS = 10
HALVINGS = 30
SUFFICIENT = 1e-4

Objective = Callable[[Array], tuple[float, Array]]


def lbfgs_step(objective: Objective, theta: Array, pairs: Array, rate: float) -> tuple[Array, Array]:
    """One iteration: θ (P,) and pairs (2·PAIRS, P), s₁ … then y₁ …, newest first, zeros where none yet.

    objective: θ → (E, ∂E/∂θ). rate: the length first tried, 1 being the full step.
    Returns the next θ and pairs; θ itself when no step along the direction lowers E.
    """
    error, g = objective(theta)
    direction = -_inverse_curvature(g, pairs)
    slope = float(g @ direction)
    if not slope < 0:
        direction, slope = -g, -float(g @ g)
    length = rate if pairs.any() else rate * min(1.0, 1.0 / max(float(np.abs(g).sum()), 1e-300))
    for _ in range(HALVINGS):
        moved = theta + length * direction
        error_there, g_there = objective(moved)
        if error_there <= error + SUFFICIENT * length * slope:
            return moved, _remember(pairs, moved - theta, g_there - g)
        length /= 2
    return theta, np.zeros_like(pairs)


def _inverse_curvature(g: Array, pairs: Array) -> Array:
    """H⁻¹g by the two loops, newest pair to oldest and back."""
    s, y = pairs[:PAIRS], pairs[PAIRS:]
    known = [pair for pair in range(PAIRS) if s[pair].any()]
    if not known:
        return g
    q, weights = g.copy(), {}
    for pair in known:
        weights[pair] = float(s[pair] @ q) / float(s[pair] @ y[pair])
        q -= weights[pair] * y[pair]
    newest = known[0]
    q *= float(s[newest] @ y[newest]) / float(y[newest] @ y[newest])
    for pair in reversed(known):
        q += s[pair] * (weights[pair] - float(y[pair] @ q) / float(s[pair] @ y[pair]))
    return q


def _remember(pairs: Array, s: Array, y: Array) -> Array:
    """Return the pairs with (s, y) put first; without it where the curvature along s is not positive."""
    if float(s @ y) <= 1e-10 * float(y @ y):
        return pairs
    moves, changes = pairs[:PAIRS], pairs[PAIRS:]
    return np.concatenate([s[np.newaxis], moves[:-1], y[np.newaxis], changes[:-1]])
