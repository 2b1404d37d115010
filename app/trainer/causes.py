"""Causes: why a network trains no further, as a sentence for people and as numbers for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from app.schemas.answers import CauseKind
from engine.training.divergence import Divergence

SENTENCES: Mapping[CauseKind, str] = {
    "diverged": "{message} The last finite parameters are kept. A smaller learning rate may help.",
    "step": "Step {step:,} is reached.",
    "epoch": "Epoch {epoch:,} is reached.",
    "train_loss": "The training loss {loss:.6g} is at or below {wanted:g}, at epoch {epoch:,}.",
    "test_loss": "The test loss {loss:.6g} is at or below {wanted:g}, at epoch {epoch:,}.",
    "plateau": "The training loss moved by less than {change:g} in {epochs:,} epochs.",
    "unattended": "{epochs:,} epochs have passed without a goal.",
    "unwatched": "Nobody has watched for {seconds:g} s.",
    "fault": "{detail}",
}


@dataclass(frozen=True)
class Cause:
    """reason: in English. values: the numbers and names in it."""

    kind: CauseKind
    reason: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, kind: CauseKind, **values: float | str) -> "Cause":
        """values: what the sentence of this kind names."""
        return cls(kind, SENTENCES[kind].format(**values), values)

    @classmethod
    def of_divergence(cls, divergence: Divergence) -> "Cause":
        """Training diverged. Its `gradient` is None where it was not finite."""
        gradient = divergence.gradient if isfinite(divergence.gradient) else None
        values = {"step": divergence.step, "parameter": divergence.parameter, "gradient": gradient}
        return cls("diverged", SENTENCES["diverged"].format(message=divergence.message), values)

    @property
    def told(self) -> dict[str, Any]:
        """As programs read it."""
        return {"kind": self.kind, "values": dict(self.values)}
