"""Comparisons of the engine with other libraries, by kind of workload."""

from collections.abc import Iterator, Mapping
from statistics import median

from benchmarks.peers import Peer
from benchmarks.peers.convnet import ConvNet
from benchmarks.peers.jax_scan import JaxScan
from benchmarks.peers.jax_step import JaxStep
from benchmarks.peers.jax_vmap import best_of
from benchmarks.peers.numpy_engine import NumpyEngine
from benchmarks.peers.sklearn_epochs import SklearnEpochs
from benchmarks.peers.torch_eager import TorchEager
from benchmarks.speed import thresholds
from benchmarks.speed.report import Row
from benchmarks.speed.thresholds import BATCHES, NETWORKS
from benchmarks.speed.timing import ratio, rounds
from benchmarks.speed.workload import STEPS, Problem

Opponents = Mapping[str, tuple[Peer, float | None]]
"""The peers by name, each with the target ratio if there is one."""

OURS = "ours"


def compare(
    workload: str, problem: Problem, ours: Peer, opponents: Opponents, seconds: float, same_work: bool = True
) -> Iterator[Row]:
    """Train ours and all opponents in turns, and yield a row for each opponent.

    same_work: whether all must end with the same E.
    """
    contestants = {OURS: ours, **{name: peer for name, (peer, _) in opponents.items()}}
    times = rounds({name: peer.lap for name, peer in contestants.items()}, seconds)
    step = {name: [time / STEPS / contestants[name].networks for time in times[name]] for name in contestants}
    losses = {name: problem.loss(peer.theta()) for name, peer in contestants.items() if same_work}
    for name, (_, target) in opponents.items():
        yield Row(
            workload, name, 1 / median(step[OURS]), 1 / median(step[name]), ratio(step[OURS], step[name]),
            target, "steps", (losses[OURS], losses[name]) if same_work else None,
        )  # fmt: skip


def single_networks(seconds: float) -> Iterator[Row]:
    """Compare single networks with all peers. ConvNetJS takes part at batch 10 alone, as it is slow."""
    for sizes in NETWORKS:
        for batch in BATCHES:
            problem = Problem(sizes, batch)
            opponents: dict[str, tuple[Peer, float | None]] = {
                "JAX jit + scan of 100": (JaxScan(problem), thresholds.jax_scan(problem)),
                "JAX jit, a step a call": (JaxStep(problem), thresholds.jax_step(problem)),
                "PyTorch eager": (TorchEager(problem), thresholds.torch_eager(problem)),
            }
            if batch == 10:
                opponents["ConvNetJS on node"] = (ConvNet(problem), None)
            yield from compare(problem.name, problem, NumpyEngine(problem), opponents, seconds)


def epochs_a_call(seconds: float) -> Iterator[Row]:
    """Compare with scikit-learn: its output layer is linear and its rows not shuffled, so ours too."""
    for sizes in NETWORKS:
        problem = Problem(sizes, 10, output="linear", shuffled=False)
        opponents = {"scikit-learn, an epoch a call": (SklearnEpochs(problem), thresholds.SKLEARN)}
        yield from compare(
            f"{problem.name}, linear output", problem, NumpyEngine(problem), opponents, seconds
        )


def stacks(seconds: float) -> Iterator[Row]:
    """Compare stacks of 256 networks, once on shared batches and once on separate data and batches."""
    for sizes, target in thresholds.STACKED.items():
        for apart in (False, True):
            problem = Problem(sizes, 10)
            theirs = best_of(problem, apart)
            name = f"JAX vmap, best K {theirs.networks}, axis {theirs.axis}"
            workload = f"{problem.name}, 256 stacked" + (", own data" if apart else "")
            ours = NumpyEngine(problem, thresholds.STACK, apart)
            opponents = {name: (theirs, None if apart else target)}
            yield from compare(workload, problem, ours, opponents, seconds)


def optimizers(seconds: float) -> Iterator[Row]:
    """Compare the engine's other optimizers with its own SGD."""
    for (optimizer, sizes), target in thresholds.OPTIMIZERS.items():
        problem = Problem(sizes, 10)
        ours = NumpyEngine(problem, optimizer=optimizer)
        opponents = {"the engine's own SGD": (NumpyEngine(problem), target)}
        yield from compare(f"{problem.name}, {optimizer}", problem, ours, opponents, seconds, same_work=False)
