"""Changes: the commands that change a network, each a function of the resident and what was asked.

Each either does all of it or raises a Refusal and does nothing. To add one, write it and add it to
CHANGES; `steps` is not among them, as it takes longer than one turn (`jobs`).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.exceptions import FieldError, OtherVersion, Unfit
from app.domain.merge_patch import merge, merge_spec
from app.domain.user_data import edited
from app.schemas.requests import ParameterChanges, Parameters, Play, Reset, Rewind, RowChanges
from app.schemas.spec import OWN
from app.trainer.checkpoints import Moment, touched
from app.trainer.session import Resident
from app.trainer.setup.network_setup import Kept, Setup, build, rows_of
from app.trainer.setup.parameters import changed_parameters, flat_parameters
from app.trainer.setup.tfplayground_import import FIELD
from engine.training.run import TrainingRun

Extra = dict[str, Any]
Change = Callable[[Resident, Any], Extra]


def play(resident: Resident, asked: Play) -> Extra:
    """Train on, from now on at this pace and until this goal."""
    resident.play(asked)
    return {}


def pause(resident: Resident, _: object) -> Extra:
    """Stop training. What was reached, or went wrong, stays told."""
    if resident.played:
        resident.pause()
    return {}


def reset(resident: Resident, asked: Reset) -> Extra:
    """Back to the start, or to a new one."""
    if asked.seed is not None:
        given = merge(resident.setup.given, {"seed": asked.seed})
        resident.setup = build(given, resident.limits, resident.setup)
        resident.modified = False
    resident.run.reset(asked.seed)
    if asked.seed is not None:
        _start(resident)
    resident.pause()
    resident.touch()
    return {}


def rewind(resident: Resident, asked: Rewind) -> Extra:
    """Back to a moment of the past: set-up, data, parameters, step and history; or all but the training."""
    moment = resident.past.at(asked.version)
    _note_data(resident, moment.setup)
    if not (asked.keep_training and _goes_on(resident, moment)):
        run = TrainingRun(moment.setup.recipe, moment.setup.examples, frozen=moment.setup.frozen)
        run.restore(moment.run)
        resident.run, resident.modified = run, moment.modified
    resident.setup = moment.setup
    _settle(resident)
    resident.refresh()
    return {}


def _goes_on(resident: Resident, moment: Moment) -> bool:
    """Whether today's parameters fit the set-up of then. Those that were set by hand are what they were."""
    run, then = resident.run, moment.run
    if run.change(moment.setup.recipe, moment.setup.examples):
        return False
    run.set_frozen(moment.setup.frozen)
    if len(places := moment.touched):
        theta, start = run.network.theta.copy(), run.start.copy()
        theta[places], start[places] = then["theta"][places], then["start"][places]
        run.set_parameters(theta)
        run.start[:] = start
        resident.modified = moment.modified
    return True


def parameters(resident: Resident, asked: Parameters) -> Extra:
    """Other parameters; at step 0 they are the start."""
    theta = flat_parameters(asked.layers, resident.run.network.architecture, "layers")
    _set(resident, theta)
    _settle(resident)
    return {}


def edit(resident: Resident, asked: ParameterChanges) -> Extra:
    """A few parameters; all others stay."""
    _set(resident, changed_parameters(asked.changes, resident.run.network))
    _settle(resident)
    return {}


def patch(resident: Resident, asked: Extra) -> Extra:
    """Another spec: a merge patch of the one as it was given."""
    for field, what in ((FIELD, "a link"), ("progress", "an exported network")):
        if asked.get(field) is not None and (field == "progress" or len(asked) == 1):
            raise Unfit.of(FieldError(field, f"{what} makes a network of its own: POST it to /networks"))
    merged = merge_spec(resident.setup.given, asked)
    kept = _kept(resident.setup, asked)
    try:
        setup = build(merged, resident.limits, resident.setup, kept)
    except Unfit as refusal:
        if "frozen" in asked or not all(error.field.startswith("frozen") for error in refusal.errors):
            raise
        setup = build(merge(merged, {"frozen": None}), resident.limits, resident.setup, kept)
    return _adopt(resident, setup)


def _kept(before: Setup, asked: Extra) -> Kept:
    """A plane that is null in the patch is chosen anew, as by default."""
    data = asked.get("data")
    return Kept(before.rows) if isinstance(data, dict) and "plane" in data else before.kept


def data(resident: Resident, asked: Extra) -> Extra:
    """Other examples: everything about the data that is not said stays as it is."""
    change = dict(asked)
    fit = bool(change.pop("fit", False))
    outdated = ["points", "inputs", "targets", "split", "task", "class_names", "plane"]
    if "split" in change:
        outdated.append("train_fraction")
    rowless: Extra = dict.fromkeys(outdated)
    given = merge(resident.setup.given, {"data": rowless | change})
    kept = Kept(resident.setup.rows) if fit else resident.setup.kept
    return _adopt(resident, build(given, resident.limits, resident.setup, kept))


def rows(resident: Resident, asked: RowChanges) -> Extra:
    """A few examples; all others stay. Generated ones become the client's own by it."""
    before = resident.setup
    changed = edited(rows_of(before), asked, resident.limits.rows)
    change: Extra = {"name": OWN, "train_fraction": None, "examples": None, "noise": None}
    given = merge(before.given, {"data": change, "batch_size": before.spec.batch_size})
    return _adopt(resident, build(given, resident.limits, before, Kept(changed, before.plane)))


def _adopt(resident: Resident, setup: Setup) -> Extra:
    run = resident.run
    new = run.change(setup.recipe, setup.examples)
    _note_data(resident, setup)
    if (run.frozen != setup.frozen).any():
        run.set_frozen(setup.frozen)
    resident.setup = setup
    if new:
        resident.modified = False
        _start(resident)
    if setup.parameters is not None:
        _set(resident, setup.parameters)
    _settle(resident)
    resident.refresh()
    return {"parameters": "new" if new else "kept"}


def _note_data(resident: Resident, setup: Setup) -> None:
    before = resident.setup
    if setup.table is not before.table or setup.examples.y is not before.examples.y:
        resident.data_version = resident.version + 1


def _start(resident: Resident) -> None:
    """A start that was drawn elsewhere takes the place of ours."""
    if resident.setup.start is not None:
        resident.run.set_parameters(resident.setup.start)


def _set(resident: Resident, theta: Any) -> None:
    resident.modified = resident.modified or resident.run.step == 0
    resident.run.set_parameters(theta)
    resident.touch()


def _settle(resident: Resident) -> None:
    """After an edit, what ended the last play is history."""
    if not resident.played:
        resident.pause()


CHANGES: dict[str, Change] = {
    entry.__name__: entry for entry in (play, pause, reset, rewind, parameters, edit, patch, data, rows)
}
KEEP_ALL = {"play", "pause"}


def check_version(resident: Resident, arguments: Extra) -> None:
    """Raises OtherVersion when a change is meant for other versions than this."""
    versions = arguments.get("versions")
    if versions is not None and resident.version not in versions:
        raise OtherVersion.of(resident.version)


def change(resident: Resident, name: str, asked: Any) -> Extra:
    """Make a change; the moment before is kept."""
    moment = None if name in KEEP_ALL else resident.moment
    extra = CHANGES[name](resident, asked)
    if moment:
        places = touched(moment.run["theta"], resident.run.network.theta)
        resident.past.changes.keep(replace(moment, touched=places))
    return extra
