"""Command handlers: functions of a session and a command's body that change the session's network.

A handler makes the whole change, or raises a ServiceError and changes nothing. HANDLERS maps the type of
a body to its handler. `Steps` has none: it takes longer than one turn (`scheduling.step_job`).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.exceptions import FieldError, InvalidRequest, VersionConflict
from app.domain.merge_patch import merge, merge_spec
from app.domain.user_data import apply_row_changes
from app.messages.commands import BY_BODY, CommandBody
from app.messages.requests import Versions
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
)
from app.schemas.spec import OWN_DATA
from app.trainer.checkpoints import Checkpoint, changed_indices
from app.trainer.session import TrainingSession
from app.trainer.setup.network_setup import CarriedOver, NetworkSetup, build_setup, rows_of
from app.trainer.setup.parameters import changed_parameters, flat_parameters
from app.trainer.setup.tfplayground_import import FIELD
from engine.training.run import TrainingRun

Extra = dict[str, Any]
Handler = Callable[[TrainingSession, Any], Extra]


def play(session: TrainingSession, body: Play) -> Extra:
    """Play: train on at this pace until this stop condition."""
    session.play(body)
    return {}


def pause(session: TrainingSession, _: Pause) -> Extra:
    """Pause training. The stop reason stays."""
    if session.play_request:
        session.pause()
    return {}


def reset(session: TrainingSession, body: Reset) -> Extra:
    """Reset to the initial weights, or with a seed to new ones."""
    if body.seed is not None:
        given = merge(session.setup.given, {"seed": body.seed})
        session.setup = build_setup(given, session.limits, session.setup)
        session.start_modified = False
    session.run.reset(body.seed)
    if body.seed is not None:
        _start(session)
    session.pause()
    session.invalidate_metrics()
    return {}


def rewind(session: TrainingSession, body: Rewind) -> Extra:
    """Rewind to a checkpoint: set-up, data, parameters, step and history; or all but the training."""
    checkpoint = session.checkpoints.at(body.version)
    setup = checkpoint.setup
    _note_data(session, setup)
    if not (body.keep_training and _keep_parameters(session, checkpoint)):
        run = TrainingRun(setup.config, setup.examples, frozen=setup.frozen)
        run.restore(checkpoint.run)
        session.run, session.start_modified = run, checkpoint.modified
    session.setup = setup
    _clear_stop_reason(session)
    session.refresh()
    return {}


def _keep_parameters(session: TrainingSession, checkpoint: Checkpoint) -> bool:
    """Apply the checkpoint's set-up to the current parameters. Return False if they do not fit it.

    The parameters that the change after the checkpoint set by hand get their old values.
    """
    run, snapshot = session.run, checkpoint.run
    if run.change(checkpoint.setup.config, checkpoint.setup.examples):
        return False
    run.set_frozen(checkpoint.setup.frozen)
    if len(indices := checkpoint.changed):
        theta, start = run.network.theta.copy(), run.start.copy()
        theta[indices], start[indices] = snapshot["theta"][indices], snapshot["start"][indices]
        run.set_parameters(theta)
        run.start[:] = start
        session.start_modified = checkpoint.modified
    return True


def parameters(session: TrainingSession, body: Parameters) -> Extra:
    """Replace all parameters; at step 0 they become the initial ones."""
    theta = flat_parameters(body.layers, session.run.network.architecture, "layers")
    _set(session, theta)
    _clear_stop_reason(session)
    return {}


def edit(session: TrainingSession, body: ParameterChanges) -> Extra:
    """Change single parameters; all others stay."""
    _set(session, changed_parameters(body.changes, session.run.network))
    _clear_stop_reason(session)
    return {}


def patch(session: TrainingSession, body: Patch) -> Extra:
    """Merge a patch into the spec as it was given."""
    change = body.change
    for field, what in ((FIELD, "a link"), ("progress", "an exported network")):
        if change.get(field) is not None and (field == "progress" or len(change) == 1):
            raise InvalidRequest.of(
                FieldError(field, f"{what} cannot change a network; create a new one with POST /networks")
            )
    merged = merge_spec(session.setup.given, change)
    kept = _carried_over(session.setup, change)
    try:
        setup = build_setup(merged, session.limits, session.setup, kept)
    except InvalidRequest as refusal:
        if "frozen" in change or not all(error.field.startswith("frozen") for error in refusal.errors):
            raise
        setup = build_setup(merge(merged, {"frozen": None}), session.limits, session.setup, kept)
    return _apply_setup(session, setup)


def _carried_over(before: NetworkSetup, change: Extra) -> CarriedOver:
    """Return what the next set-up takes from this one: all but a plane that the patch names."""
    data = change.get("data")
    return CarriedOver(before.rows) if isinstance(data, dict) and "plane" in data else before.carried_over


def data(session: TrainingSession, body: DataChange) -> Extra:
    """Replace the examples; fields of the data spec that the body leaves out stay as they are."""
    change = body.model_dump(exclude_unset=True)
    fit = bool(change.pop("fit", False))
    outdated = ["points", "inputs", "targets", "split", "task", "class_names", "plane"]
    if "split" in change:
        outdated.append("train_fraction")
    rowless: Extra = dict.fromkeys(outdated)
    given = merge(session.setup.given, {"data": rowless | change})
    kept = CarriedOver(session.setup.rows) if fit else session.setup.carried_over
    return _apply_setup(session, build_setup(given, session.limits, session.setup, kept))


def rows(session: TrainingSession, body: RowChanges) -> Extra:
    """Change single examples. Generated examples become the client's own."""
    before = session.setup
    changed = apply_row_changes(rows_of(before), body, session.limits.rows)
    change: Extra = {"name": OWN_DATA, "train_fraction": None, "examples": None, "noise": None}
    given = merge(before.given, {"data": change, "batch_size": before.spec.batch_size})
    return _apply_setup(
        session, build_setup(given, session.limits, before, CarriedOver(changed, before.plane))
    )


def _apply_setup(session: TrainingSession, setup: NetworkSetup) -> Extra:
    run = session.run
    new = run.change(setup.config, setup.examples)
    _note_data(session, setup)
    if (run.frozen != setup.frozen).any():
        run.set_frozen(setup.frozen)
    session.setup = setup
    if new:
        session.start_modified = False
        _start(session)
    if setup.parameters is not None:
        _set(session, setup.parameters)
    _clear_stop_reason(session)
    session.refresh()
    return {"parameters": "new" if new else "kept"}


def _note_data(session: TrainingSession, setup: NetworkSetup) -> None:
    before = session.setup
    if setup.table is not before.table or setup.examples.y is not before.examples.y:
        session.data_version = session.version + 1


def _start(session: TrainingSession) -> None:
    """Use the start of an imported link instead of the drawn one."""
    if session.setup.start is not None:
        session.run.set_parameters(session.setup.start)


def _set(session: TrainingSession, theta: Any) -> None:
    session.start_modified = session.start_modified or session.run.step == 0
    session.run.set_parameters(theta)
    session.invalidate_metrics()


def _clear_stop_reason(session: TrainingSession) -> None:
    """Forget why the last play ended, since the network has been edited."""
    if not session.play_request:
        session.pause()


HANDLERS: dict[type[CommandBody], Handler] = {
    Play: play,
    Pause: pause,
    Reset: reset,
    Rewind: rewind,
    Parameters: parameters,
    ParameterChanges: edit,
    Patch: patch,
    DataChange: data,
    RowChanges: rows,
}


def check_version(session: TrainingSession, versions: Versions) -> None:
    """Raise VersionConflict when a command is meant for other versions of the network."""
    if versions is not None and session.version not in versions:
        raise VersionConflict.of(session.version)


def execute(session: TrainingSession, body: CommandBody) -> Extra:
    """Run the handler of a command, and add a checkpoint of the state before it. Raises ServiceError."""
    ring = BY_BODY[type(body)].checkpoint
    before = session.checkpoint if ring else None
    extra = HANDLERS[type(body)](session, body)
    if ring and before:
        changed = changed_indices(before.run["theta"], session.run.network.theta)
        session.checkpoints.add(ring, replace(before, changed=changed))
    return extra
