"""Dependencies of routes: settings, services, networks and query values."""

import re
from collections.abc import Callable
from math import isfinite
from typing import Annotated, Literal

from fastapi import Depends, Header, Path, Query, Request
from fastapi.requests import HTTPConnection

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import ActivationsQuery
from app.messages.requests import Versions
from app.services.exhibits.collection import Exhibits
from app.services.networks import Network, Networks
from app.services.observability.metrics import Metrics
from app.services.observability.traffic import Traffic
from app.services.pages.negotiation import parse_accept
from app.settings import Settings

ID = Path(
    description="A network's id, as `POST /networks` gave it.",
    examples=["Zk3mXv0aQ5u1yC7sT2bLrg"],
)


def get_settings(connection: HTTPConnection) -> Settings:
    settings: Settings = connection.app.state.settings
    return settings


def get_networks(connection: HTTPConnection) -> Networks:
    networks: Networks = connection.app.state.networks
    return networks


def get_exhibits(connection: HTTPConnection) -> Exhibits:
    exhibits: Exhibits = connection.app.state.exhibits
    return exhibits


def get_metrics(connection: HTTPConnection) -> Metrics:
    metrics: Metrics = connection.app.state.metrics
    return metrics


def get_traffic(connection: HTTPConnection) -> Traffic:
    traffic: Traffic = connection.app.state.traffic
    return traffic


def get_home(connection: HTTPConnection) -> str:
    """Return the page's address as this client sees the server, whatever host it was told."""
    address = connection.base_url
    return str(address.replace(scheme=address.scheme.replace("ws", "http")))


SettingsDep = Annotated[Settings, Depends(get_settings)]
NetworksDep = Annotated[Networks, Depends(get_networks)]
MetricsDep = Annotated[Metrics, Depends(get_metrics)]
TrafficDep = Annotated[Traffic, Depends(get_traffic)]
ExhibitsDep = Annotated[Exhibits, Depends(get_exhibits)]
HomeDep = Annotated[str, Depends(get_home)]


def get_network(id: Annotated[str, ID], networks: NetworksDep, home: HomeDep) -> Network:
    return networks.get_network(id, home)


NetworkDep = Annotated[Network, Depends(get_network)]

IF_MATCH = Header(
    alias="If-Match",
    description="The ETag that the change is meant for; with another version it is refused with 412.",
    examples=['"1"'],
)


def get_versions(if_match: Annotated[str | None, IF_MATCH] = None) -> Versions:
    """Return the versions that If-Match names; weak tags and what is no tag of ours match nothing."""
    if if_match is None or if_match.strip() == "*":
        return None
    tags = (tag.strip() for tag in if_match.split(","))
    return frozenset(int(tag[1:-1]) for tag in tags if re.fullmatch(r'"[0-9]{1,18}"', tag))


def get_wait_seconds(
    wait: Annotated[
        float, Query(ge=0, le=30, description="Wait so many seconds at most for a playing network.")
    ] = 0,
    until: Annotated[Literal["paused"], Query(description="What is waited for.")] = "paused",
) -> float:
    """Return the seconds to wait until the network is paused, the only condition there is."""
    return {"paused": wait}[until]


WaitSecondsDep = Annotated[float, Depends(get_wait_seconds)]
VersionsDep = Annotated[Versions, Depends(get_versions)]


def format_of(*media: str) -> Callable[[Request], str]:
    """Return a dependency for the preferred format: "json", or the last part of one of these media types."""

    def preferred(request: Request) -> str:
        wishes = parse_accept(request.headers.get("accept", ""))
        offers = (wish for wish in wishes if wish in (*media, "application/json"))
        return next(offers, "json").rpartition("/")[2].removeprefix("x-")

    return preferred


def activations_query(example: int | None, x: str | None) -> ActivationsQuery:
    """Return the query about `example=3`, or about raw inputs in `x=0.5,-1`. Raises InvalidRequest."""
    if (example is None) == (x is None):
        raise InvalidRequest.of(
            FieldError("example", "send either example, as in example=3, or raw inputs, as in x=0.5,-1")
        )
    if x is None:
        return ActivationsQuery(example=example)
    try:
        row = [float(number) for number in x.split(",")] if "_" not in x else []
    except ValueError:
        row = []
    if not row or not all(map(isfinite, row)):
        raise InvalidRequest.of(
            FieldError(
                "x", f"x must be finite numbers separated by commas, as in 0.5,-1, but it is {x[:60]!r}"
            )
        )
    return ActivationsQuery(x=[row])
