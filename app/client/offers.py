"""The operations that concern no network: what the service offers, formulas, exhibits."""

from collections.abc import Mapping
from typing import Any

import httpx
from numpy.typing import ArrayLike

from app.client.answers import ActivationCurve
from app.client.calls import Call, Operation, told
from app.schemas import exhibits, responses
from app.schemas.quiz import Judged, Sheet, SheetKey

Json = Mapping[str, Any]


class Offers:
    """What the service offers to everybody."""

    @Operation
    @staticmethod
    def get_catalog() -> Call[dict[str, Any]]:
        """Every registry with names, formulas, limits and defaults."""
        return Call("GET", "catalog", httpx.Response.json)

    @Operation
    @staticmethod
    def evaluate_expression(
        expression: str,
        values: Json | None = None,
        decimals: int | None = None,
        gradient: float = 1,
        elementary: bool = False,
    ) -> Call[responses.Graph]:
        """A formula as a computation graph: values forward, gradients back."""
        body = {
            "expression": expression, "values": values or {}, "decimals": decimals,
            "gradient": gradient, "elementary": elementary,
        }  # fmt: skip
        return Call("POST", "expressions", told(responses.Graph), body=body)

    @Operation
    @staticmethod
    def evaluate_activation(name: str, z: ArrayLike) -> Call[ActivationCurve]:
        """a = g(z) and g'(z) of an activation function, for every z (n,)."""
        return Call("POST", "activations", told(ActivationCurve), body={"name": name, "z": z})

    @Operation
    @staticmethod
    def get_exhibits(language: str = "en") -> Call[exhibits.Exhibits]:
        """All exhibits, in the order of the lecture."""
        return Call("GET", "exhibits", told(exhibits.Exhibits), query={"language": language})

    @Operation
    @staticmethod
    def get_exhibit(name: str, language: str = "en") -> Call[exhibits.Exhibit]:
        """One exhibit, with its words and formulas."""
        return Call("GET", f"exhibits/{name}", told(exhibits.Exhibit), query={"language": language})

    @Operation
    @staticmethod
    def start_exhibit(name: str, network: str | None = None) -> Call[responses.NetworkState]:
        """A live network in the state that an exhibit shows."""
        body = {} if network is None else {"network": network}
        return Call("POST", f"exhibits/{name}/networks", told(responses.NetworkState), body=body)

    @Operation
    @staticmethod
    def get_worksheet(name: str, seed: int = 1, count: int = 10, language: str = "en") -> Call[Sheet]:
        """Questions about an exhibit's network with numbers for paper."""
        query = {"seed": seed, "count": count, "language": language}
        return Call("GET", f"exhibits/{name}/worksheet", told(Sheet), query=query)

    @Operation
    @staticmethod
    def get_worksheet_key(name: str, seed: int = 1, count: int = 10) -> Call[SheetKey]:
        """The answers to the worksheet of this seed."""
        query = {"seed": seed, "count": count}
        return Call("GET", f"exhibits/{name}/worksheet/key", told(SheetKey), query=query)

    @Operation
    @staticmethod
    def judge_worksheet(name: str, answers: dict[str, str | float], seed: int = 1) -> Call[Judged]:
        """Answers to the worksheet of this seed, judged."""
        path, body = f"exhibits/{name}/worksheet/answers", {"answers": answers}
        return Call("POST", path, told(Judged), query={"seed": seed}, body=body)

    @Operation
    @staticmethod
    def get_health() -> Call[responses.Health]:
        """The service answers."""
        return Call("GET", "healthz", told(responses.Health))

    @Operation
    @staticmethod
    def get_metrics() -> Call[str]:
        """The state of the whole service in numbers, as Prometheus reads them."""
        return Call("GET", "metrics", lambda answer: answer.text)
