"""Operations that need no network: catalog, formulas, CSV previews, exhibits, worksheets, health."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import httpx
from numpy.typing import ArrayLike

from backprop_playground.endpoint import Endpoint, Operation, expect
from backprop_playground.models.network import NetworkState
from backprop_playground.models.quiz import AnswerKey, GradedAnswers, Worksheet
from backprop_playground.models.service import (
    ActivationCurve,
    CsvPreview,
    CsvRole,
    Exhibit,
    Exhibits,
    ExpressionGraph,
    Health,
)

Json = Mapping[str, Any]


class ServiceOperations:
    """Operations that need no network. Each raises ProblemError if the service refuses it."""

    @Operation
    @staticmethod
    def get_catalog() -> Endpoint[dict[str, Any]]:
        """Return every registry with names, formulas, limits, and defaults."""
        return Endpoint("GET", "catalog", httpx.Response.json)

    @Operation
    @staticmethod
    def evaluate_expression(
        expression: str,
        values: Json | None = None,
        decimals: int | None = None,
        gradient: float = 1,
        elementary: bool = False,
    ) -> Endpoint[ExpressionGraph]:
        """Return a formula as a computation graph: values forward, gradients backward."""
        body = {
            "expression": expression, "values": values or {}, "decimals": decimals,
            "gradient": gradient, "elementary": elementary,
        }  # fmt: skip
        return Endpoint("POST", "expressions", expect(ExpressionGraph), body=body)

    @Operation
    @staticmethod
    def evaluate_activation(name: str, z: ArrayLike) -> Endpoint[ActivationCurve]:
        """Return a = g(z) and g'(z) of an activation function, for every z (n,)."""
        return Endpoint("POST", "activations", expect(ActivationCurve), body={"name": name, "z": z})

    @Operation
    @staticmethod
    def preview_csv(
        text: str,
        roles: Sequence[CsvRole] | None = None,
        task: Literal["classification", "regression"] | None = None,
        examples: bool = False,
    ) -> Endpoint[CsvPreview]:
        """Return how `put_data` would read the text of a CSV file, or why it cannot.

        roles: one per column, where the proposed ones do not fit. examples: return all rows as `data`, for
        the spec of a network.
        """
        body = {"text": text, "roles": roles, "task": task, "examples": examples}
        return Endpoint("POST", "data/csv-preview", expect(CsvPreview), body=body)

    @Operation
    @staticmethod
    def get_exhibits(language: str = "en") -> Endpoint[Exhibits]:
        """Return all exhibits, in the order of the lecture."""
        return Endpoint("GET", "exhibits", expect(Exhibits), query={"language": language})

    @Operation
    @staticmethod
    def get_exhibit(name: str, language: str = "en") -> Endpoint[Exhibit]:
        """Return one exhibit with its text and formulas."""
        return Endpoint("GET", f"exhibits/{name}", expect(Exhibit), query={"language": language})

    @Operation
    @staticmethod
    def start_exhibit(name: str, network: str | None = None) -> Endpoint[NetworkState]:
        """Create a live network in the state that an exhibit shows."""
        body = {} if network is None else {"network": network}
        return Endpoint("POST", f"exhibits/{name}/networks", expect(NetworkState), body=body)

    @Operation
    @staticmethod
    def get_worksheet(name: str, seed: int = 1, count: int = 10, language: str = "en") -> Endpoint[Worksheet]:
        """Return questions about an exhibit's network, with numbers for paper."""
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
        """Grade answers to the worksheet of this seed."""
        path, body = f"exhibits/{name}/worksheet/answers", {"answers": answers}
        return Endpoint("POST", path, expect(GradedAnswers), query={"seed": seed}, body=body)

    @Operation
    @staticmethod
    def get_health() -> Endpoint[Health]:
        """Return the health and the version of the service."""
        return Endpoint("GET", "healthz", expect(Health))

    @Operation
    @staticmethod
    def get_metrics() -> Endpoint[str]:
        """Return the metrics of the service in the text format of Prometheus."""
        return Endpoint("GET", "metrics", lambda response: response.text)
