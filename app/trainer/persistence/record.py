"""Records: a resident as bytes, from which it can go on as if nothing had happened."""

from dataclasses import asdict
from typing import Any

from app.domain.user_data import Rows
from app.messages.reports import Record
from app.schemas.requests import Play
from app.schemas.spec import FullPlane
from app.settings import Limits
from app.trainer.persistence.codec import decoded, encoded
from app.trainer.persistence.history_log import entries_of, unpacked
from app.trainer.scheduling.stopping import Cause
from app.trainer.session import Resident
from app.trainer.setup.network_setup import Kept, build
from engine.training.divergence import Divergence
from engine.training.history import Entry
from engine.training.run import TrainingRun

TOLD = ("version", "data_version", "status", "modified")


def record_of(resident: Resident, setup: bool) -> Record:
    """What is to be kept of a resident. setup: whether spec or data may have changed."""
    run = resident.run.snapshot()
    del run["history"]
    run["divergence"] = asdict(run["divergence"]) if run["divergence"] else None
    played = resident.played.model_dump() if resident.played else None
    cause = resident.cause and asdict(resident.cause)
    progress = {
        **{name: getattr(resident, name) for name in TOLD},
        "cause": cause,
        "played": played,
        "run": run,
    }
    history, whole = resident.kept_history.news(resident.run.history)
    return Record(
        encoded(_setup(resident)) if setup else None, encoded(progress), history, whole, played is not None
    )


def _setup(resident: Resident) -> dict[str, Any]:
    setup = resident.setup
    rows = setup.rows and {
        "x": setup.rows.x,
        "labels": setup.rows.labels,
        "classes": setup.rows.classes,
        "training": setup.rows.training,
        "names": setup.rows.names,
    }
    plane = setup.plane.model_dump() if setup.plane else None
    return {"given": setup.given, "rows": rows, "plane": plane}


def resident_of(network: str, record: Record, limits: Limits) -> Resident:
    """The resident that a record was made of."""
    kept, progress = decoded(record.setup or b"{}"), decoded(record.progress)
    rows = Rows(**kept["rows"]) if kept["rows"] else None
    plane = FullPlane(**kept["plane"]) if kept["plane"] else None
    setup = build(kept["given"], limits, kept=Kept(rows, plane))
    run = TrainingRun(setup.recipe, setup.examples, frozen=setup.frozen)
    entries = [entry for piece in record.history for entry in unpacked(piece)]
    run.restore(_snapshot(progress["run"], entries))
    resident = Resident(network, setup, run, limits)
    for name in TOLD:
        setattr(resident, name, progress[name])
    resident.cause = _cause(progress)
    if progress["played"]:
        resident.play(Play.model_validate(progress["played"]))
    return resident


def _cause(progress: dict[str, Any]) -> Cause | None:
    """Why it trains no further. The first form of a record told only the sentence."""
    if progress.get("reason"):
        return Cause.of("fault", detail=progress["reason"])
    return Cause(**progress["cause"]) if progress.get("cause") else None


def _snapshot(run: dict[str, Any], entries: list[Entry]) -> dict[str, Any]:
    """As it was. The first form of a record had the history in `run`, as one table."""
    divergence = run["divergence"]
    return {
        **run,
        "history": list(entries_of(run["history"])) if "history" in run else entries,
        "divergence": Divergence(**divergence) if divergence else None,
    }
