"""Command table: docs/frames.md and the page send every command to the route that takes its body."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from app.messages.commands import BY_NAME, COMMANDS
from app.routes import data, inspection, networks, parameters, quiz, training
from app.schemas.requests import Patch, Pause

ROOT = Path(__file__).parents[3]
FRAMES = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
PAGE = (ROOT / "static" / "js" / "transport" / "commands.js").read_text(encoding="utf-8")
WITHOUT_MODEL = {Pause: None, Patch: dict[str, Any]}
"""The body of a route: none for a pause, and the merge patch itself for a patch."""


@pytest.fixture(scope="module")
def bodies() -> dict[tuple[str, str], Any]:
    """Return the type of the body of every route of a network, by method and path below the network's."""
    modules = (data, inspection, networks, parameters, quiz, training)
    routes = (route for module in modules for route in module.router.routes if isinstance(route, APIRoute))
    return {
        (method, route.path.partition("/networks/{id}")[2]): route.body_field
        and route.body_field.field_info.annotation
        for route in routes
        if "/networks/{id}" in route.path
        for method in route.methods or ()
    }


def documented_routes() -> dict[str, tuple[str, str]]:
    """Return method and path of every command, as docs/frames.md has them."""
    rows = re.findall(r"^\| `(\w+)` \| `([A-Z]+) …([^`]*)` \|$", FRAMES, re.MULTILINE)
    return {name: (method, path) for name, method, path in rows} | {"pause": ("POST", "/pause")}


def page_routes() -> dict[str, tuple[str, str]]:
    """Return method and path of every command, as the page has them."""
    calls = re.findall(r"command\(\s*id,\s*'([^']*)',\s*'(\w+)',\s*'([A-Z]+)'", PAGE)
    return {name: (method, path) for path, name, method in calls}


@pytest.mark.parametrize("routes", [documented_routes, page_routes])
def test_every_command_is_sent_to_the_route_that_takes_its_body(routes: Any, bodies: dict[Any, Any]):
    assert sorted(routes()) == sorted(BY_NAME)
    for name, route in routes().items():
        body = BY_NAME[name].body
        assert bodies[route] == WITHOUT_MODEL.get(body, body), name


def test_every_changing_route_of_a_network_is_a_command(bodies: dict[Any, Any]):
    questions = {"/activations", "/gradient-check", "/answers"}
    changing = {
        route for route in bodies if route[0] in ("POST", "PUT", "PATCH") and route[1] not in questions
    }
    assert changing == set(documented_routes().values())
    assert len(changing) == len(COMMANDS)
