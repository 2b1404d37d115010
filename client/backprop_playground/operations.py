"""Operations of the service, each described once for both clients.

The name of a method is the operation id of OpenAPI in snake case: createNetwork is `create_network`.
An `id` is `state.id`. With `version`, a change is refused (412) if the network has another version. Specs,
changes, and data are dictionaries as in docs/api.md. NumPy arrays may replace lists of numbers in them.
Responses are dataclasses: `state.train.loss`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from numpy.typing import ArrayLike

from backprop_playground.endpoint import Endpoint, Operation, expect
from backprop_playground.inspection import Inspection
from backprop_playground.models.network import (
    Data,
    History,
    Layer,
    NetworkState,
    PatchedState,
    read_layers,
)
from backprop_playground.service import ServiceOperations

Json = Mapping[str, Any]
NPZ = "application/x-npz"
NPZ_START = b"PK"
"""First bytes of every zip archive, which a NumPy archive is. No JSON begins with them."""
JSON = "application/json"
CSV = "text/csv"


def if_match(version: int | None) -> dict[str, str | None]:
    """Return the header with which the service refuses (412) a change to another version."""
    return {"If-Match": None if version is None else f'"{version}"'}


class Operations(Inspection, ServiceOperations):
    """Methods of both clients, one for each operation. Each raises ProblemError if the service refuses it."""

    # Networks

    @Operation
    @staticmethod
    def create_network(spec: Json | bytes | None = None) -> Endpoint[NetworkState]:
        """Create a network from a spec, or from the bytes of an exported JSON file or NumPy archive."""
        body = {} if spec is None else spec
        is_archive = isinstance(body, bytes) and body.startswith(NPZ_START)
        headers = {"Content-Type": NPZ if is_archive else JSON}
        return Endpoint("POST", "networks", expect(NetworkState), headers=headers, body=body)

    @Operation
    @staticmethod
    def get_network(
        id: str, wait: float | None = None, until: Literal["paused"] | None = None
    ) -> Endpoint[NetworkState]:
        """Return the state. wait=30, until="paused": wait until the network pauses, for at most 30 s."""
        query = {"wait": wait, "until": until}
        return Endpoint("GET", f"networks/{id}", expect(NetworkState), query=query)

    @Operation
    @staticmethod
    def patch_network(id: str, change: Json, version: int | None = None) -> Endpoint[PatchedState]:
        """Change the spec by a merge patch."""
        return Endpoint(
            "PATCH", f"networks/{id}", expect(PatchedState), headers=if_match(version), body=change
        )

    @Operation
    @staticmethod
    def delete_network(id: str, version: int | None = None) -> Endpoint[None]:
        """Delete the network."""
        return Endpoint("DELETE", f"networks/{id}", lambda _: None, headers=if_match(version))

    @Operation
    @staticmethod
    def export_network(
        id: str, format: Literal["json", "npz", "numpy", "pytorch", "tfplayground"] = "json"
    ) -> Endpoint[bytes]:
        """Return the network as a file. `create_network` imports JSON and npz."""
        query = {"format": format}
        return Endpoint("GET", f"networks/{id}/export", lambda response: response.content, query=query)

    # Training

    @Operation
    @staticmethod
    def step_network(
        id: str,
        count: int = 1,
        unit: Literal["step", "epoch", "example"] = "step",
        version: int | None = None,
    ) -> Endpoint[NetworkState]:
        """Train for `count` units of training and return the state after it."""
        body, path = {"count": count, "unit": unit}, f"networks/{id}/steps"
        return Endpoint("POST", path, expect(NetworkState), headers=if_match(version), body=body)

    @Operation
    @staticmethod
    def play_network(
        id: str,
        epochs_per_second: float | None = None,
        until: Json | None = None,
        version: int | None = None,
    ) -> Endpoint[NetworkState]:
        """Start training and return. until: goals that stop it, as {"test_loss": 0.05, "epoch": 5000}."""
        body, path = {"epochs_per_second": epochs_per_second, "until": until}, f"networks/{id}/play"
        return Endpoint("POST", path, expect(NetworkState), headers=if_match(version), body=body)

    @Operation
    @staticmethod
    def rewind_network(
        id: str, version: int, keep_training: bool = False, current_version: int | None = None
    ) -> Endpoint[NetworkState]:
        """Return the network to an earlier version. keep_training: undo only the change, not the steps.

        current_version: refuse it if the network has another version now.
        """
        body, path = {"version": version, "keep_training": keep_training}, f"networks/{id}/rewind"
        return Endpoint("POST", path, expect(NetworkState), headers=if_match(current_version), body=body)

    @Operation
    @staticmethod
    def pause_network(id: str, version: int | None = None) -> Endpoint[NetworkState]:
        """Pause training."""
        path = f"networks/{id}/pause"
        return Endpoint("POST", path, expect(NetworkState), headers=if_match(version))

    @Operation
    @staticmethod
    def reset_network(id: str, seed: int | None = None, version: int | None = None) -> Endpoint[NetworkState]:
        """Reset the network to its start. seed: draw a new start from it."""
        body, path = {} if seed is None else {"seed": seed}, f"networks/{id}/reset"
        return Endpoint("POST", path, expect(NetworkState), headers=if_match(version), body=body)

    # Parameters and data

    @Operation
    @staticmethod
    def get_parameters(id: str) -> Endpoint[list[Layer]]:
        """Return W (units, inputs) and b (units,) of every layer, exact to the last bit."""
        return Endpoint(
            "GET",
            f"networks/{id}/parameters",
            lambda response: read_layers(response.content),
            headers={"Accept": NPZ},
        )

    @Operation
    @staticmethod
    def put_parameters(
        id: str, layers: Iterable[tuple[ArrayLike, ArrayLike]], version: int | None = None
    ) -> Endpoint[NetworkState]:
        """Set W and b of every layer."""
        body = {"layers": [{"W": W, "b": b} for W, b in layers]}
        path = f"networks/{id}/parameters"
        return Endpoint("PUT", path, expect(NetworkState), headers=if_match(version), body=body)

    @Operation
    @staticmethod
    def patch_parameters(
        id: str, values: Mapping[str, float], version: int | None = None
    ) -> Endpoint[NetworkState]:
        """Set single parameters, such as {"w_11^(1)": 0.5}."""
        body = {"changes": [{"parameter": name, "value": value} for name, value in values.items()]}
        path = f"networks/{id}/parameters"
        return Endpoint("PATCH", path, expect(NetworkState), headers=if_match(version), body=body)

    @Operation
    @staticmethod
    def get_data(id: str) -> Endpoint[Data]:
        """Return all examples. `example` is an index of their rows."""
        return Endpoint("GET", f"networks/{id}/data", expect(Data))

    @Operation
    @staticmethod
    def put_data(id: str, data: Json | str, version: int | None = None) -> Endpoint[PatchedState]:
        """Replace the data by {"inputs": x, "targets": y}, or by the text of a CSV file."""
        csv = isinstance(data, str)
        headers = {**if_match(version), "Content-Type": CSV if csv else None}
        body = data.encode() if isinstance(data, str) else data
        return Endpoint("PUT", f"networks/{id}/data", expect(PatchedState), headers=headers, body=body)

    @Operation
    @staticmethod
    def patch_data(id: str, changes: Json, version: int | None = None) -> Endpoint[PatchedState]:
        """Change single examples: {"change": [{"row": 0, "x": [1, 2]}], "remove": [3], "add": […]}."""
        path = f"networks/{id}/data"
        return Endpoint("PATCH", path, expect(PatchedState), headers=if_match(version), body=changes)

    @Operation
    @staticmethod
    def get_history(id: str) -> Endpoint[History]:
        """Return loss, accuracy, and R² of every recorded epoch."""
        return Endpoint("GET", f"networks/{id}/history", expect(History))
