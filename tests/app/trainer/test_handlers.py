"""Handlers: every command, query and control body has one, whose parameter is of its type."""

import inspect
import socket
from collections.abc import Callable
from typing import Any, get_args

import pytest

from app.messages.channel import NonblockingChannel
from app.messages.commands import COMMANDS, CommandBody
from app.messages.queries import NetworkQueryBody, StatelessQueryBody
from app.messages.requests import Control, ControlBody
from app.schemas.requests import Steps
from app.settings import Limits
from app.trainer.commands import HANDLERS
from app.trainer.event_loop import TrainerProcess
from app.trainer.queries.registry import QUERIES
from app.trainer.queries.stateless import STATELESS_QUERIES


def body_type(handler: Callable[..., Any]) -> object:
    """Return the annotation of a handler's last parameter."""
    *_, body = inspect.signature(handler).parameters.values()
    return body.annotation


def test_the_command_table_has_a_row_for_every_body():
    assert sorted(command.body.__name__ for command in COMMANDS) == sorted(
        body.__name__ for body in get_args(CommandBody)
    )


def test_every_command_has_a_handler_but_steps_which_take_several_turns():
    assert set(HANDLERS) | {Steps} == set(get_args(CommandBody))


@pytest.mark.parametrize("body", HANDLERS)
def test_a_command_handler_takes_the_body_that_it_is_registered_for(body: type[CommandBody]):
    assert body_type(HANDLERS[body]) is body


def test_every_query_has_a_handler():
    assert set(QUERIES) == set(get_args(NetworkQueryBody))
    assert set(STATELESS_QUERIES) == set(get_args(StatelessQueryBody))


@pytest.mark.parametrize("body", [*QUERIES, *STATELESS_QUERIES])
def test_a_query_handler_takes_the_body_that_it_is_registered_for(body: Any):
    handler = QUERIES[body].handler if body in QUERIES else STATELESS_QUERIES[body]
    annotation = body_type(handler)
    assert body in (annotation, *get_args(annotation))


def test_every_control_message_has_a_handler_that_takes_it():
    here, there = socket.socketpair()
    with here, there:
        handlers = TrainerProcess(NonblockingChannel(here), Limits()).control_handlers
    assert set(handlers) == set(get_args(ControlBody))
    for body, handler in handlers.items():
        assert body_type(handler) == Control[body]  # type: ignore[valid-type]
