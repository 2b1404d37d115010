"""Requests: what the web process asks a trainer process to do or to answer."""

from dataclasses import dataclass, field
from typing import Any

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """Something to do or to tell. network: None where it concerns none. number: comes back in the answer."""

    request_id: int
    network_id: str | None
    name: str
    arguments: Arguments = field(default_factory=dict)

    @property
    def is_command(self) -> bool:
        """Whether it changes its network, and so waits for its turn. A question may have the same name."""
        return "asked" in self.arguments
