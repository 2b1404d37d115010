"""Python client of Backprop Playground, for notebooks, graders, and services.

Train XOR in five lines while a server runs at Client's default address (`python -m app`):

    from backprop_playground import Client
    client = Client("http://127.0.0.1:8000")
    network = client.create_network({"data": {"name": "xor-table"}, "optimizer": {"learning_rate": 0.3}})
    state = client.step_network(network.id, 500, "epoch")
    print(state.train.loss, state.train.accuracy, state.page)

A browser that opens `state.page` shows each step. `AsyncClient` has the same methods as coroutines.
Matrices and rows of numbers are NumPy arrays. A refusal raises `ProblemError`, which says what was
given and what is allowed. Live frames are an iterator:

    client.play_network(network.id, until={"epoch": 5000})
    for frame in client.live(network.id):
        print(frame.epoch, frame.train.loss)
        if frame.status != "playing":
            break

To add an operation, describe it once as a method in `operations`, `inspection`, or `service`.
"""

from backprop_playground.client import AsyncClient, Client
from backprop_playground.exceptions import ProblemError
from backprop_playground.frames import Frame
from backprop_playground.models.inspection import Activations, Boundary, Gradients
from backprop_playground.models.network import Data, Layer

__version__ = "0.1.0"

__all__ = [
    "Activations",
    "AsyncClient",
    "Boundary",
    "Client",
    "Data",
    "Frame",
    "Gradients",
    "Layer",
    "ProblemError",
]
