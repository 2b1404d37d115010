"""What a page asks of the network, as Chromium's DevTools count it."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession


@dataclass
class NetworkLog:
    """Requests of a page and its workers that reach the network; a socket counts as one."""

    addresses: list[str] = field(default_factory=list)
    bytes: int = 0
    _sent: dict[str, str] = field(default_factory=dict)

    def watch(self, session: CDPSession) -> "NetworkLog":
        """Note what the page of this session asks for from here on."""
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._note)
        session.on("Network.loadingFinished", self._count)
        session.on("Network.webSocketCreated", lambda event: self.addresses.append(event["url"]))
        return self

    def _note(self, event: dict[str, Any]) -> None:
        request = event["request"]
        self._sent[event["requestId"]] = f"{request['method']} {request['url']}"

    def _count(self, event: dict[str, Any]) -> None:
        # Nothing is transferred for what the browser has cached.
        if event["encodedDataLength"] > 0:
            self.addresses.append(self._sent[event["requestId"]])
            self.bytes += int(event["encodedDataLength"])
