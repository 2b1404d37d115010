"""Thresholds: the engine's target ratios of steps per second against each peer."""

from benchmarks.speed.workload import Problem

SMALL, MEDIUM, WIDE, FLAT = (2, 4, 2, 1), (7, 8, 8, 8, 1), (2, 64, 64, 3), (64, 32, 10)
NETWORKS = (SMALL, MEDIUM, WIDE, FLAT)
BATCHES = (10, 32, 500)

STACK = 256
STACKED = {SMALL: 1.3, MEDIUM: 2.0}
GRID = 3.0
OPTIMIZERS = {
    ("momentum", SMALL): 0.85, ("momentum", MEDIUM): 0.85, ("momentum", WIDE): 0.85,
    ("adam", SMALL): 0.65, ("adam", MEDIUM): 0.65, ("adam", WIDE): 0.55,
}  # fmt: skip
RUN = 1 / 1.35
"""Target speed of a training run, as a share of the bare plan's: a run adds batches, scores, bookkeeping."""
CLASSROOM = 225_000
"""Target in network-steps per second: 300 networks · 30 epochs per second · 25 steps."""


def jax_scan(problem: Problem) -> float | None:
    if problem.batch == 500:
        return 1.2 if problem.sizes == WIDE else 1.4
    if problem.sizes in (WIDE, FLAT):
        return 0.9
    if problem.batch == 10:
        return 1.0 if problem.sizes == SMALL else 1.1
    return None


def jax_step(problem: Problem) -> float | None:
    return 2.0 if problem.sizes == SMALL and problem.batch == 10 else None


def torch_eager(problem: Problem) -> float:
    if problem.batch == 500:
        return 4.0
    return 30.0 if problem.sizes in (SMALL, MEDIUM) else 13.0


SKLEARN = 10.0
