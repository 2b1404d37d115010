"""Data sets: the examples that a network learns from.

Each is a function (examples, noise, rng) → x (examples, 2), labels (examples,) in the plane, with an
entry that holds its name, its formula and its defaults:

    points = DATASETS["circle"].points(500, noise=0.1, train_fraction=0.5, rng=np.random.default_rng(7))

To add one, write the function in `playground`, `shapes` or `truth_tables` and add its entry to SETS
there: the menu, the service and the tests read it from here.
"""

from engine.data import playground, shapes, truth_tables
from engine.data.dataset import NOISE_LIMIT, Dataset, Points, split, train_rows

__all__ = ["DATASETS", "NOISE_LIMIT", "Dataset", "Points", "split", "train_rows"]

DATASETS: dict[str, Dataset] = {
    entry.name: entry for entry in (*playground.SETS, *shapes.SETS, *truth_tables.SETS)
}
"""Every data set by its name, in the order of the menu."""
