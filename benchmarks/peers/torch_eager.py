"""PyTorch as in its tutorials: a Sequential, an optimizer, and one eager step per batch."""

import numpy as np
import torch
from torch import nn

from benchmarks.speed.workload import RATE, Problem
from engine.network import blocks
from engine.types import Array

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
ACTIVATIONS = {"tanh": nn.Tanh, "linear": nn.Identity}


class TorchEager:
    networks = 1

    def __init__(self, problem: Problem) -> None:
        self.x, self.y = torch.from_numpy(problem.x), torch.from_numpy(problem.y)
        self.order = torch.from_numpy(problem.order.astype(np.int64))
        modules: list[nn.Module] = []
        self.linears: list[nn.Linear] = []
        start = blocks(problem.architecture, problem.start())
        for block, spec in zip(start, problem.architecture.layers, strict=True):
            linear = nn.Linear(block.shape[1] - 1, block.shape[0])
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(block[:, 1:]))
                linear.bias.copy_(torch.from_numpy(block[:, 0]))
            self.linears.append(linear)
            modules += [linear, ACTIVATIONS[spec.activation]()]
        self.model = nn.Sequential(*modules)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=RATE)

    def lap(self) -> None:
        for rows in self.order:
            error = 0.5 * (self.model(self.x[rows]) - self.y[rows]).square().sum(1).mean()
            self.optimizer.zero_grad()
            error.backward()
            self.optimizer.step()

    def theta(self) -> Array:
        with torch.no_grad():
            layers = [torch.column_stack([linear.bias, linear.weight]).ravel() for linear in self.linears]
            return np.asarray(torch.cat(layers).numpy())
