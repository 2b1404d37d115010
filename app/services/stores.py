"""Stores: where networks are kept, so that they outlive the processes that train them."""

from asyncio import Future
from collections.abc import Callable, Iterable
from typing import Protocol

from app.services.seam import Record

Listener = Callable[[str | None], None]


class Store(Protocol):
    """Keeps the newest record of every network. What is asked of it is done in the order it was asked.

    listeners: told the trouble when there is some, and None when it is over.
    """

    listeners: set[Listener]

    @property
    def trouble(self) -> str | None:
        """Why nothing can be kept at the moment; None while all is well."""

    def __contains__(self, network: object) -> bool: ...

    def __len__(self) -> int: ...

    def playing(self) -> list[str]:
        """The networks that played when the service ended."""

    def save(self, network: str, record: Record) -> Future[None]:
        """Keep a record; without a setup, that of the record before stays. Raises NotKept."""

    def load(self, network: str) -> Future[Record | None]:
        """The newest record, with its setup."""

    def delete(self, network: str) -> Future[None]:
        """Forget a network. Raises NotKept."""

    def use(self, networks: Iterable[str]) -> None:
        """Note that these are in use."""

    def expire(self, seconds: float) -> list[str]:
        """Forget the networks that nobody has used for so long; their ids."""
