"""Commands: functions of a session and a request that change a network.

Each either does all of it or raises a ServiceError and does nothing. To add one, write it and add it to
COMMANDS; `steps` is not among them, as it takes longer than one turn (`step_job`).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.exceptions import FieldError, InvalidRequest, VersionConflict
from app.domain.merge_patch import merge, merge_spec
from app.domain.user_data import apply_row_changes
from app.schemas.requests import ParameterChanges, Parameters, Play, Reset, Rewind, RowChanges
from app.schemas.spec import OWN_DATA
from app.trainer.checkpoints import Checkpoint, changed_indices
from app.trainer.session import TrainingSession
from app.trainer.setup.network_setup import CarriedOver, NetworkSetup, build_setup, rows_of
from app.trainer.setup.parameters import changed_parameters, flat_parameters
from app.trainer.setup.tfplayground_import import FIELD
from engine.training.run import TrainingRun

Extra = dict[str, Any]
Change = Callable[[TrainingSession, Any], Extra]


def play(session: TrainingSession, asked: Play) -> Extra:
    """Play: train on at this pace until this stop condition."""
    session.play(asked)
    return {}


def pause(session: TrainingSession, _: object) -> Extra:
    """Pause training. The stop reason stays."""
    if session.play_request:
        session.pause()
    return {}


def reset(session: TrainingSession, asked: Reset) -> Extra:
    """Reset to the initial weights, or with a seed to new ones."""
    if asked.seed is not None:
        given = merge(session.setup.given, {"seed": asked.seed})
        session.setup = build_setup(given, session.limits, session.setup)
        session.start_modified = False
    session.run.reset(asked.seed)
    if asked.seed is not None:
        _start(session)
    session.pause()
    session.invalidate_metrics()
    return {}


def rewind(session: TrainingSession, asked: Rewind) -> Extra:
    """Rewind to a checkpoint: set-up, data, parameters, step and history; or all but the training."""
    moment = session.checkpoints.at(asked.version)
    _note_data(session, moment.setup)
    if not (asked.keep_training and _keep_parameters(session, moment)):
        run = TrainingRun(moment.setup.config, moment.setup.examples, frozen=moment.setup.frozen)
        run.restore(moment.run)
        session.run, session.start_modified = run, moment.modified
    session.setup = moment.setup
    _clear_stop_reason(session)
    session.refresh()
    return {}


def _keep_parameters(session: TrainingSession, moment: Checkpoint) -> bool:
    """Whether today's parameters fit the set-up of then. Those that were set by hand are what they were."""
    run, then = session.run, moment.run
    if run.change(moment.setup.config, moment.setup.examples):
        return False
    run.set_frozen(moment.setup.frozen)
    if len(places := moment.changed):
        theta, start = run.network.theta.copy(), run.start.copy()
        theta[places], start[places] = then["theta"][places], then["start"][places]
        run.set_parameters(theta)
        run.start[:] = start
        session.start_modified = moment.modified
    return True


def parameters(session: TrainingSession, asked: Parameters) -> Extra:
    """Replace all parameters; at step 0 they become the initial ones."""
    theta = flat_parameters(asked.layers, session.run.network.architecture, "layers")
    _set(session, theta)
    _clear_stop_reason(session)
    return {}


def edit(session: TrainingSession, asked: ParameterChanges) -> Extra:
    """Change single parameters; all others stay."""
    _set(session, changed_parameters(asked.changes, session.run.network))
    _clear_stop_reason(session)
    return {}


def patch(session: TrainingSession, asked: Extra) -> Extra:
    """Merge a patch into the spec as it was given."""
    for field, what in ((FIELD, "a link"), ("progress", "an exported network")):
        if asked.get(field) is not None and (field == "progress" or len(asked) == 1):
            raise InvalidRequest.of(
                FieldError(field, f"{what} cannot change a network; create a new one with POST /networks")
            )
    merged = merge_spec(session.setup.given, asked)
    kept = _carried_over(session.setup, asked)
    try:
        setup = build_setup(merged, session.limits, session.setup, kept)
    except InvalidRequest as refusal:
        if "frozen" in asked or not all(error.field.startswith("frozen") for error in refusal.errors):
            raise
        setup = build_setup(merge(merged, {"frozen": None}), session.limits, session.setup, kept)
    return _apply_setup(session, setup)


def _carried_over(before: NetworkSetup, asked: Extra) -> CarriedOver:
    """A plane that is null in the patch is chosen anew, as by default."""
    data = asked.get("data")
    return CarriedOver(before.rows) if isinstance(data, dict) and "plane" in data else before.carried_over


def data(session: TrainingSession, asked: Extra) -> Extra:
    """Other examples: everything about the data that is not said stays as it is."""
    change = dict(asked)
    fit = bool(change.pop("fit", False))
    outdated = ["points", "inputs", "targets", "split", "task", "class_names", "plane"]
    if "split" in change:
        outdated.append("train_fraction")
    rowless: Extra = dict.fromkeys(outdated)
    given = merge(session.setup.given, {"data": rowless | change})
    kept = CarriedOver(session.setup.rows) if fit else session.setup.carried_over
    return _apply_setup(session, build_setup(given, session.limits, session.setup, kept))


def rows(session: TrainingSession, asked: RowChanges) -> Extra:
    """A few examples; all others stay. Generated ones become the client's own by it."""
    before = session.setup
    changed = apply_row_changes(rows_of(before), asked, session.limits.rows)
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
    """A start that was drawn elsewhere takes the place of ours."""
    if session.setup.start is not None:
        session.run.set_parameters(session.setup.start)


def _set(session: TrainingSession, theta: Any) -> None:
    session.start_modified = session.start_modified or session.run.step == 0
    session.run.set_parameters(theta)
    session.invalidate_metrics()


def _clear_stop_reason(session: TrainingSession) -> None:
    """After an edit, what ended the last play is history."""
    if not session.play_request:
        session.pause()


COMMANDS: dict[str, Change] = {
    entry.__name__: entry for entry in (play, pause, reset, rewind, parameters, edit, patch, data, rows)
}
KEEP_ALL = {"play", "pause"}


def check_version(session: TrainingSession, arguments: Extra) -> None:
    """Raises VersionConflict when a change is meant for other versions than this."""
    versions = arguments.get("versions")
    if versions is not None and session.version not in versions:
        raise VersionConflict.of(session.version)


def execute(session: TrainingSession, name: str, asked: Any) -> Extra:
    """Make a change; the moment before is kept."""
    moment = None if name in KEEP_ALL else session.checkpoint
    extra = COMMANDS[name](session, asked)
    if moment:
        places = changed_indices(moment.run["theta"], session.run.network.theta)
        session.checkpoints.changes.add(replace(moment, changed=places))
    return extra
