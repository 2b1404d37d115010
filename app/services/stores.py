"""Stores: where networks are kept, so that they outlive the process that trains them."""

from typing import Protocol

from app.services.seam import Record


class Store(Protocol):
    """Keeps the newest record of every network."""

    def __contains__(self, network: object) -> bool: ...

    def save(self, network: str, record: Record) -> None:
        """Keep a record; without a setup, that of the record before stays."""

    def load(self, network: str) -> Record | None:
        """The newest record, with its setup."""

    def delete(self, network: str) -> None:
        """Forget a network."""


class MemoryStore:
    """Keeps records as long as the service runs."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}

    def __contains__(self, network: object) -> bool:
        return network in self._records

    def save(self, network: str, record: Record) -> None:
        if record.setup is None:
            record = Record(self._records[network].setup, record.progress)
        self._records[network] = record

    def load(self, network: str) -> Record | None:
        return self._records.get(network)

    def delete(self, network: str) -> None:
        self._records.pop(network, None)
