"""Command table: every command with its body, what it checkpoints, and whether it changes the set-up.

A route or a live socket creates the body, and `app.trainer.commands` has the handler for its type.
To add a command, write its body in `app.schemas.requests`, its row in COMMANDS, its handler and its route.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.problems import invalid_request
from app.schemas.requests import (
    DataChange,
    ParameterChanges,
    Parameters,
    Patch,
    Pause,
    Play,
    Reset,
    Rewind,
    RowChanges,
    Steps,
)

CommandBody = (
    Steps | Play | Pause | Reset | Rewind | Parameters | ParameterChanges | Patch | DataChange | RowChanges
)
CheckpointRingName = Literal["steps", "changes"]


@dataclass(frozen=True)
class CommandType:
    """Row of the command table.

    name: in messages of the live socket. checkpoint: the ring that keeps the state before the command,
    None where no state is kept. changes_setup: whether spec or data may change, and so are saved again.
    """

    name: str
    body: type[CommandBody]
    checkpoint: CheckpointRingName | None
    changes_setup: bool


COMMANDS = (
    CommandType("steps", Steps, checkpoint="steps", changes_setup=False),
    CommandType("play", Play, checkpoint=None, changes_setup=False),
    CommandType("pause", Pause, checkpoint=None, changes_setup=False),
    CommandType("reset", Reset, checkpoint="changes", changes_setup=True),
    CommandType("rewind", Rewind, checkpoint="changes", changes_setup=True),
    CommandType("parameters", Parameters, checkpoint="changes", changes_setup=False),
    CommandType("edit", ParameterChanges, checkpoint="changes", changes_setup=False),
    CommandType("patch", Patch, checkpoint="changes", changes_setup=True),
    CommandType("data", DataChange, checkpoint="changes", changes_setup=True),
    CommandType("rows", RowChanges, checkpoint="changes", changes_setup=True),
)
BY_NAME = {command.name: command for command in COMMANDS}
BY_BODY = {command.body: command for command in COMMANDS}


def parse_command(name: str, arguments: dict[str, Any]) -> CommandBody:
    """Return the body of the command with this name. Raises InvalidRequest."""
    if name not in BY_NAME:
        names = ", ".join(sorted(BY_NAME))
        raise InvalidRequest.of(FieldError("name", f"this command does not exist; use one of these: {names}"))
    if name == "patch":  # its arguments are the merge patch itself, as in the body of PATCH
        return Patch(change=arguments)
    try:
        return BY_NAME[name].body.model_validate(arguments)
    except ValidationError as error:
        raise invalid_request(error) from error
