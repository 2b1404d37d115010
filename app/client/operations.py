"""The operations of the service, each described once for both clients.

A name is the operation's id in OpenAPI, in Python's spelling: createNetwork is `create_network`.
Ids are `state.id`; specs, changes and data are dictionaries as in the documentation of the API,
with NumPy arrays wherever it has lists of numbers. What returns nothing but plain facts returns
the models of `app.schemas`, read as attributes: `state.train.loss`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from numpy.typing import ArrayLike

from app.client.endpoint import Endpoint, Operation, expect
from app.client.inspection import Inspection
from app.client.models import Data, Layer, layers_of
from app.client.service import ServiceOperations
from app.schemas import responses

Json = Mapping[str, Any]
NPZ = "application/x-npz"
CSV = "text/csv"


def tag(version: int | None) -> dict[str, str | None]:
    """Have a change refused (412) unless the network is still of this version."""
    return {"If-Match": None if version is None else f'"{version}"'}


class Operations(Inspection, ServiceOperations):
    """One method for each operation. Each raises ProblemError when the service says no."""

    # Networks

    @Operation
    @staticmethod
    def create_network(spec: Json | bytes | None = None) -> Endpoint[responses.NetworkState]:
        """Make a network from a spec, or from an exported one, be it JSON or a NumPy archive."""
        headers = {"Content-Type": NPZ} if isinstance(spec, bytes) else {}
        body = {} if spec is None else spec
        return Endpoint("POST", "networks", expect(responses.NetworkState), headers=headers, body=body)

    @Operation
    @staticmethod
    def get_network(
        id: str, wait: float | None = None, until: Literal["paused"] | None = None
    ) -> Endpoint[responses.NetworkState]:
        """Return the state; with wait=30, until="paused" only when it plays no more, or after 30 s."""
        query = {"wait": wait, "until": until}
        return Endpoint("GET", f"networks/{id}", expect(responses.NetworkState), query=query)

    @Operation
    @staticmethod
    def patch_network(id: str, change: Json, version: int | None = None) -> Endpoint[responses.PatchedState]:
        """Change the spec by a merge patch. version: refuse when somebody else changed it since."""
        return Endpoint(
            "PATCH", f"networks/{id}", expect(responses.PatchedState), headers=tag(version), body=change
        )

    @Operation
    @staticmethod
    def delete_network(id: str) -> Endpoint[None]:
        """Take the network away."""
        return Endpoint("DELETE", f"networks/{id}", lambda _: None)

    @Operation
    @staticmethod
    def export_network(
        id: str, format: Literal["json", "npz", "numpy", "pytorch", "tfplayground"] = "json"
    ) -> Endpoint[bytes]:
        """The trained network as a file: JSON and npz can be imported again; or as Python; or as a link."""
        query = {"format": format}
        return Endpoint("GET", f"networks/{id}/export", lambda response: response.content, query=query)

    # Training

    @Operation
    @staticmethod
    def step_network(
        id: str, count: int = 1, unit: Literal["step", "epoch", "example"] = "step"
    ) -> Endpoint[responses.NetworkState]:
        """Train; the state when it is done."""
        body = {"count": count, "unit": unit}
        return Endpoint("POST", f"networks/{id}/steps", expect(responses.NetworkState), body=body)

    @Operation
    @staticmethod
    def play_network(
        id: str, epochs_per_second: float | None = None, until: Json | None = None
    ) -> Endpoint[responses.NetworkState]:
        """Train on while nobody waits. until: {"test_loss": 0.05, "epoch": 5000}, whatever comes first."""
        body = {"epochs_per_second": epochs_per_second, "until": until}
        return Endpoint("POST", f"networks/{id}/play", expect(responses.NetworkState), body=body)

    @Operation
    @staticmethod
    def rewind_network(
        id: str, version: int, keep_training: bool = False
    ) -> Endpoint[responses.NetworkState]:
        """Back to what it was at this version, if that is kept: see rewindNetwork."""
        body = {"version": version, "keep_training": keep_training}
        return Endpoint("POST", f"networks/{id}/rewind", expect(responses.NetworkState), body=body)

    @Operation
    @staticmethod
    def pause_network(id: str) -> Endpoint[responses.NetworkState]:
        """Stop playing."""
        return Endpoint("POST", f"networks/{id}/pause", expect(responses.NetworkState))

    @Operation
    @staticmethod
    def reset_network(id: str, seed: int | None = None) -> Endpoint[responses.NetworkState]:
        """Back to the start; with a seed, to a new start drawn from it."""
        body = {} if seed is None else {"seed": seed}
        return Endpoint("POST", f"networks/{id}/reset", expect(responses.NetworkState), body=body)

    # Parameters and data

    @Operation
    @staticmethod
    def get_parameters(id: str) -> Endpoint[list[Layer]]:
        """W (units, inputs) and b (units,) of every layer, to the last bit."""
        return Endpoint(
            "GET", f"networks/{id}/parameters", lambda told: layers_of(told.content), headers={"Accept": NPZ}
        )

    @Operation
    @staticmethod
    def put_parameters(
        id: str, layers: Iterable[tuple[ArrayLike, ArrayLike]], version: int | None = None
    ) -> Endpoint[responses.NetworkState]:
        """Set W and b of every layer."""
        body = {"layers": [{"W": W, "b": b} for W, b in layers]}
        path = f"networks/{id}/parameters"
        return Endpoint("PUT", path, expect(responses.NetworkState), headers=tag(version), body=body)

    @Operation
    @staticmethod
    def patch_parameters(
        id: str, values: Mapping[str, float], version: int | None = None
    ) -> Endpoint[responses.NetworkState]:
        """Set single parameters, {"w_11^(1)": 0.5}; all others stay."""
        body = {"changes": [{"parameter": name, "value": value} for name, value in values.items()]}
        path = f"networks/{id}/parameters"
        return Endpoint("PATCH", path, expect(responses.NetworkState), headers=tag(version), body=body)

    @Operation
    @staticmethod
    def get_data(id: str) -> Endpoint[Data]:
        """Return all examples; their order is how `example` counts."""
        return Endpoint("GET", f"networks/{id}/data", expect(Data))

    @Operation
    @staticmethod
    def put_data(id: str, data: Json | str, version: int | None = None) -> Endpoint[responses.PatchedState]:
        """Other examples: {"inputs": x, "targets": y}, or the text of a CSV file."""
        csv = isinstance(data, str)
        headers = {**tag(version), "Content-Type": CSV if csv else None}
        body = data.encode() if isinstance(data, str) else data
        return Endpoint(
            "PUT", f"networks/{id}/data", expect(responses.PatchedState), headers=headers, body=body
        )

    @Operation
    @staticmethod
    def patch_data(id: str, changes: Json, version: int | None = None) -> Endpoint[responses.PatchedState]:
        """Single examples, as {"change": [{"row": 0, "x": [1, 2]}], "remove": [3], "add": […]}."""
        path = f"networks/{id}/data"
        return Endpoint("PATCH", path, expect(responses.PatchedState), headers=tag(version), body=changes)

    @Operation
    @staticmethod
    def get_history(id: str) -> Endpoint[responses.History]:
        """Losses and accuracies of every recorded epoch."""
        return Endpoint("GET", f"networks/{id}/history", expect(responses.History))
