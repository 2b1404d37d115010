"""Operations of the client that need no network: catalog, formulas, exhibits."""

from collections.abc import Mapping
from typing import Any

import httpx
from numpy.typing import ArrayLike

from app.client.endpoint import Endpoint, Operation, expect
from app.client.models import ActivationCurve
from app.schemas import exhibits, responses
from app.schemas.quiz import AnswerKey, GradedAnswers, Worksheet

Json = Mapping[str, Any]


class ServiceOperations:
    """What the service offers to everybody."""

    @Operation
    @staticmethod
    def get_catalog() -> Endpoint[dict[str, Any]]:
        """Return every registry with names, formulas, limits and defaults."""
        return Endpoint("GET", "catalog", httpx.Response.json)

    @Operation
    @staticmethod
    def evaluate_expression(
        expression: str,
        values: Json | None = None,
        decimals: int | None = None,
        gradient: float = 1,
        elementary: bool = False,
    ) -> Endpoint[responses.ExpressionGraph]:
        """Return a formula as a computation graph: values forward, gradients back."""
        body = {
            "expression": expression, "values": values or {}, "decimals": decimals,
            "gradient": gradient, "elementary": elementary,
        }  # fmt: skip
        return Endpoint("POST", "expressions", expect(responses.ExpressionGraph), body=body)

    @Operation
    @staticmethod
    def evaluate_activation(name: str, z: ArrayLike) -> Endpoint[ActivationCurve]:
        """a = g(z) and g'(z) of an activation function, for every z (n,)."""
        return Endpoint("POST", "activations", expect(ActivationCurve), body={"name": name, "z": z})

    @Operation
    @staticmethod
    def get_exhibits(language: str = "en") -> Endpoint[exhibits.Exhibits]:
        """Return all exhibits, in the order of the lecture."""
        return Endpoint("GET", "exhibits", expect(exhibits.Exhibits), query={"language": language})

    @Operation
    @staticmethod
    def get_exhibit(name: str, language: str = "en") -> Endpoint[exhibits.Exhibit]:
        """Return one exhibit, with its words and formulas."""
        return Endpoint("GET", f"exhibits/{name}", expect(exhibits.Exhibit), query={"language": language})

    @Operation
    @staticmethod
    def start_exhibit(name: str, network: str | None = None) -> Endpoint[responses.NetworkState]:
        """Return a live network in the state that an exhibit shows."""
        body = {} if network is None else {"network": network}
        return Endpoint("POST", f"exhibits/{name}/networks", expect(responses.NetworkState), body=body)

    @Operation
    @staticmethod
    def get_worksheet(name: str, seed: int = 1, count: int = 10, language: str = "en") -> Endpoint[Worksheet]:
        """Questions about an exhibit's network with numbers for paper."""
        query = {"seed": seed, "count": count, "language": language}
        return Endpoint("GET", f"exhibits/{name}/worksheet", expect(Worksheet), query=query)

    @Operation
    @staticmethod
    def get_worksheet_key(name: str, seed: int = 1, count: int = 10) -> Endpoint[AnswerKey]:
        """Return the answers to the worksheet of this seed."""
        query = {"seed": seed, "count": count}
        return Endpoint("GET", f"exhibits/{name}/worksheet/key", expect(AnswerKey), query=query)

    @Operation
    @staticmethod
    def judge_worksheet(name: str, answers: dict[str, str | float], seed: int = 1) -> Endpoint[GradedAnswers]:
        """Answers to the worksheet of this seed, judged."""
        path, body = f"exhibits/{name}/worksheet/answers", {"answers": answers}
        return Endpoint("POST", path, expect(GradedAnswers), query={"seed": seed}, body=body)

    @Operation
    @staticmethod
    def get_health() -> Endpoint[responses.Health]:
        """Return whether the service answers, and its version."""
        return Endpoint("GET", "healthz", expect(responses.Health))

    @Operation
    @staticmethod
    def get_metrics() -> Endpoint[str]:
        """Return the state of the whole service in numbers, as Prometheus reads them."""
        return Endpoint("GET", "metrics", lambda answer: answer.text)
