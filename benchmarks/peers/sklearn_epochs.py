"""scikit-learn: `MLPRegressor.partial_fit`, one epoch of 100 batches per call.

For regression its output layer is always linear. Without shuffling it takes the rows in order. The
engine does the same in this comparison.
"""

import numpy as np
from sklearn.neural_network import MLPRegressor

from benchmarks.speed.workload import RATE, Problem
from engine.network import blocks
from engine.types import Array


class SklearnEpochs:
    networks = 1

    def __init__(self, problem: Problem) -> None:
        self.x, self.y = problem.x, problem.y if problem.y.shape[1] > 1 else problem.y[:, 0]
        self.model = MLPRegressor(
            hidden_layer_sizes=problem.sizes[1:-1], activation="tanh", solver="sgd", alpha=0,
            batch_size=problem.batch, learning_rate="constant", learning_rate_init=RATE,
            momentum=0, nesterovs_momentum=False, shuffle=False, random_state=0,
        )  # fmt: skip
        self.model.partial_fit(self.x, self.y)
        start = blocks(problem.architecture, problem.start())
        for layer, block in enumerate(start):
            self.model.coefs_[layer][...] = block[:, 1:].T
            self.model.intercepts_[layer][...] = block[:, 0]

    def lap(self) -> None:
        self.model.partial_fit(self.x, self.y)

    def theta(self) -> Array:
        layers = zip(self.model.coefs_, self.model.intercepts_, strict=True)
        return np.concatenate([np.column_stack([b, W.T]).ravel() for W, b in layers])
