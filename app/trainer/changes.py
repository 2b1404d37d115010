"""Changes: the commands that change a network, each a function of the resident and what was asked.

Each either does all of it or raises a Refusal and does nothing. To add one, write it and add it to
CHANGES; `steps` is not among them, as it takes longer than one turn (`jobs`).
"""

from collections.abc import Callable
from typing import Any

from app.schemas.commands import Parameters, Play, Reset
from app.services.merging import merge, merge_spec
from app.services.refusals import Unfit
from app.trainer.parameters import flat_parameters
from app.trainer.resident import Resident
from app.trainer.setups import Kept, Setup, build

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
    resident.pause()
    resident.touch()
    return {}


def parameters(resident: Resident, asked: Parameters) -> Extra:
    """Other parameters; at step 0 they are the start."""
    theta = flat_parameters(asked.layers, resident.run.network.architecture, "layers")
    _set(resident, theta)
    _settle(resident)
    return {}


def patch(resident: Resident, asked: Extra) -> Extra:
    """Another spec: a merge patch of the one as it was given."""
    merged = merge_spec(resident.setup.given, asked)
    try:
        setup = build(merged, resident.limits, resident.setup)
    except Unfit as refusal:
        if "frozen" in asked or not all(error.field.startswith("frozen") for error in refusal.errors):
            raise
        setup = build(merge(merged, {"frozen": None}), resident.limits, resident.setup)
    return _adopt(resident, setup)


def data(resident: Resident, asked: Extra) -> Extra:
    """Other examples: everything about the data that is not said stays as it is."""
    change = dict(asked)
    fit = bool(change.pop("fit", False))
    outdated = ["points", "inputs", "targets", "split", "task", "plane"]
    if "split" in change:
        outdated.append("train_fraction")
    rowless: Extra = dict.fromkeys(outdated)
    given = merge(resident.setup.given, {"data": rowless | change})
    kept = Kept(resident.setup.rows, None, resident.setup.notes) if fit else resident.setup.kept
    return _adopt(resident, build(given, resident.limits, resident.setup, kept))


def _adopt(resident: Resident, setup: Setup) -> Extra:
    run = resident.run
    new = run.change(setup.recipe, setup.examples)
    if (run.frozen != setup.frozen).any():
        run.set_frozen(setup.frozen)
    resident.setup = setup
    if new:
        resident.modified = False
    if setup.parameters is not None:
        _set(resident, setup.parameters)
    _settle(resident)
    resident.refresh()
    return {"parameters": "new" if new else "kept"}


def _set(resident: Resident, theta: Any) -> None:
    resident.modified = resident.modified or resident.run.step == 0
    resident.run.set_parameters(theta)
    resident.touch()


def _settle(resident: Resident) -> None:
    """After an edit, what ended the last play is history."""
    if not resident.played:
        resident.pause()


CHANGES: dict[str, Change] = {
    change.__name__: change for change in (play, pause, reset, parameters, patch, data)
}
