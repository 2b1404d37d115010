"""Streams of chance: one seed feeds many sources of random numbers that do not disturb each other.

Start values of each layer, batch order and dropout each have a stream of their own. So adding a
layer leaves the other layers' start as it was, and switching dropout on leaves the batches alone.
"""

import numpy as np

PURPOSES = {"start": 0, "order": 1, "dropout": 2, "data": 3, "questions": 4, "sheet": 5}
SEED_LIMIT = 2**53 - 1


def stream(seed: int, purpose: str, index: int = 0) -> np.random.Generator:
    """The source of random numbers for one purpose, and for one layer where there are several.

    Raises ValueError when the seed is not in 0 … 2⁵³ − 1, which JavaScript can hold exactly.
    """
    if not 0 <= seed <= SEED_LIMIT:
        raise ValueError(f"a seed is a whole number from 0 to {SEED_LIMIT}, got {seed}")
    return np.random.default_rng([seed, PURPOSES[purpose], index])
