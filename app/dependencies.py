"""What routes are handed: nouns, ready to use."""

from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.requests import HTTPConnection

from app.services.networks import Network, Networks
from app.services.refusals import FieldError, Unfit
from app.services.strict_json import Malformed
from app.settings import Settings

ID = Path(
    description="A network's id, as `POST /networks` gave it.",
    examples=["Zk3mXv0aQ5u1yC7sT2bLrg"],
    max_length=64,
)


def get_settings(connection: HTTPConnection) -> Settings:
    settings: Settings = connection.app.state.settings
    return settings


def get_networks(connection: HTTPConnection) -> Networks:
    networks: Networks = connection.app.state.networks
    return networks


def get_home(connection: HTTPConnection) -> str:
    """The page's address as this client sees the server, whatever host it was told."""
    return (
        str(connection.base_url).replace("ws", "http", 1)
        if connection.base_url.scheme.startswith("ws")
        else str(connection.base_url)
    )


SettingsDep = Annotated[Settings, Depends(get_settings)]
NetworksDep = Annotated[Networks, Depends(get_networks)]
HomeDep = Annotated[str, Depends(get_home)]


def get_network(id: Annotated[str, ID], networks: NetworksDep, home: HomeDep) -> Network:
    return networks.get_network(id, home)


NetworkDep = Annotated[Network, Depends(get_network)]


def format_of(*media: str) -> type[str]:
    """The format a client prefers, by its Accept header: "json", or the last part of one of these types."""

    def preferred(request: Request) -> str:
        accepted = request.headers.get("accept", "").lower()
        offers = [(accepted.find(kind), kind) for kind in (*media, "application/json") if kind in accepted]
        return min(offers)[1].rpartition("/")[2].removeprefix("x-") if offers else "json"

    return Annotated[str, Depends(preferred)]  # type: ignore[return-value]


def raw_rows(text: str) -> list[list[float]]:
    """One row of raw inputs from `x=0.5,-1`. Raises Unfit."""
    try:
        row = [float(number) for number in text.split(",")]
    except ValueError:
        raise Unfit.of(
            FieldError("x", f"numbers with commas between them are needed, as 0.5,-1; got {text[:60]!r}")
        ) from None
    return [row]


__all__ = ["HomeDep", "Malformed", "NetworkDep", "NetworksDep", "SettingsDep", "format_of", "raw_rows"]
