"""Operations that look inside a network: activations, gradients, traces, quiz, statistics."""

from collections.abc import Sequence
from typing import Literal

from numpy.typing import ArrayLike

from backprop_playground.endpoint import Endpoint, Operation, expect
from backprop_playground.models.inspection import (
    Activations,
    BatchTrace,
    Boundary,
    Distributions,
    Evaluation,
    GradientCheckResult,
    Gradients,
    Slice,
    Trace,
    UnitExpression,
)
from backprop_playground.models.quiz import GradedQuiz, Questions


class Inspection:
    """Operations that look inside a network. Each raises ProblemError if the service refuses it."""

    @Operation
    @staticmethod
    def get_activations(
        id: str, example: int | None = None, x: Sequence[float] | None = None
    ) -> Endpoint[Activations]:
        """Return z and a of every layer, for one example or for raw inputs x (inputs,)."""
        row = None if x is None else ",".join(str(float(number)) for number in x)
        return Endpoint(
            "GET", f"networks/{id}/activations", expect(Activations), query={"example": example, "x": row}
        )

    @Operation
    @staticmethod
    def compute_activations(id: str, x: ArrayLike) -> Endpoint[Activations]:
        """Return z and a of every layer for raw inputs x (rows, inputs)."""
        return Endpoint("POST", f"networks/{id}/activations", expect(Activations), body={"x": x})

    @Operation
    @staticmethod
    def get_gradients(
        id: str, example: int | None = None, batch: Literal["next"] | None = None, rows: bool = True
    ) -> Endpoint[Gradients]:
        """Return the gradients of E over one example, the next batch, or all training rows.

        rows: False omits the arrays that have one row per example.
        """
        query = {"example": example, "batch": batch, "rows": str(rows).lower()}
        return Endpoint("GET", f"networks/{id}/gradients", expect(Gradients), query=query)

    @Operation
    @staticmethod
    def get_trace(id: str, example: int) -> Endpoint[Trace]:
        """Return the trace of one example: forward, backward, and into the weights, with every term."""
        return Endpoint("GET", f"networks/{id}/trace", expect(Trace), query={"example": example})

    @Operation
    @staticmethod
    def get_batch_trace(id: str) -> Endpoint[BatchTrace]:
        """Return the trace of the next batch: the mean of its examples' gradients."""
        return Endpoint("GET", f"networks/{id}/trace/batch", expect(BatchTrace))

    @Operation
    @staticmethod
    def get_unit_expression(id: str, unit: str = "output", example: int = 0) -> Endpoint[UnitExpression]:
        """Return one unit as a typed expression with its values, for `evaluate_expression`."""
        query = {"unit": unit, "example": example}
        return Endpoint("GET", f"networks/{id}/expression", expect(UnitExpression), query=query)

    @Operation
    @staticmethod
    def get_questions(
        id: str, example: int = 0, count: int | None = None, seed: int = 0
    ) -> Endpoint[Questions]:
        """Return questions about one example that can be computed by hand."""
        query = {"example": example, "count": count, "seed": seed}
        return Endpoint("GET", f"networks/{id}/questions", expect(Questions), query=query)

    @Operation
    @staticmethod
    def judge_answers(
        id: str, answers: dict[str, str | float], example: int = 0, step: int | None = None
    ) -> Endpoint[GradedQuiz]:
        """Grade answers to the questions of `get_questions`, with hints."""
        body = {"example": example, "answers": answers, "step": step}
        return Endpoint("POST", f"networks/{id}/answers", expect(GradedQuiz), body=body)

    @Operation
    @staticmethod
    def check_gradient(id: str, example: int | None = None, h: float = 1e-5) -> Endpoint[GradientCheckResult]:
        """Compare backpropagation with central differences, parameter by parameter."""
        body = {"h": h, "example": example}
        return Endpoint("POST", f"networks/{id}/gradient-check", expect(GradientCheckResult), body=body)

    @Operation
    @staticmethod
    def get_distributions(id: str) -> Endpoint[Distributions]:
        """Return histograms of activations and deltas, dead units, and gradient norms, layer by layer."""
        return Endpoint("GET", f"networks/{id}/distributions", expect(Distributions))

    @Operation
    @staticmethod
    def get_evaluation(id: str) -> Endpoint[Evaluation]:
        """Return the scores with the confusion matrix, or with targets beside predictions."""
        return Endpoint("GET", f"networks/{id}/evaluation", expect(Evaluation))

    @Operation
    @staticmethod
    def get_slice(
        id: str, parameter: str, low: float = -5, high: float = 5, points: int = 41
    ) -> Endpoint[Slice]:
        """Return E as a curve over one weight or bias, all others fixed."""
        query = {"parameter": parameter, "low": low, "high": high, "points": points}
        return Endpoint("GET", f"networks/{id}/slice", expect(Slice), query=query)

    @Operation
    @staticmethod
    def get_boundary(id: str, resolution: int = 100, unit: str = "output") -> Endpoint[Boundary]:
        """Return the output, or the activation of a unit such as "2,1", on a grid over the plane."""
        query = {"resolution": resolution, "unit": unit}
        return Endpoint("GET", f"networks/{id}/boundary", expect(Boundary), query=query)
