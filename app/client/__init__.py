"""A client of the playground for programs: notebooks, graders, other services.

Train XOR in five lines, with a server running at Client's default address (`python -m app`):

    from app.client import Client
    client = Client("http://127.0.0.1:8000")
    network = client.create_network({"data": {"name": "xor-table"}, "optimizer": {"learning_rate": 0.3}})
    state = client.step_network(network.id, 500, "epoch")
    print(state.train.loss, state.train.accuracy, state.page)

Whoever opens `state.page` in a browser watches. `AsyncClient` has the same methods, each to be
awaited. Everything that is an array is a NumPy array; a refusal is a `ProblemError`, which says
what was given and what was needed. Live frames are an iterator:

    client.play_network(network.id, until={"epoch": 5000})
    for frame in client.live(network.id):
        print(frame.epoch, frame.train.loss)
        if frame.status != "playing":
            break

Each operation is described once, in `operations`; to add one, add a method there.
"""

from app.client.client import AsyncClient, Client
from app.client.exceptions import ProblemError
from app.client.frames import Frame
from app.client.models import Activations, Boundary, Data, Gradients, Layer

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
