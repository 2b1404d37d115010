"""Records: a session as bytes, from which it continues with the same numbers."""

from dataclasses import asdict
from typing import Any

from app.domain.user_data import UserData
from app.messages.reports import Record
from app.schemas.requests import Play
from app.schemas.spec import ResolvedPlane
from app.settings import Limits
from app.trainer.persistence.codec import decode, encode
from app.trainer.persistence.history_log import entries_of, unpack_rows
from app.trainer.scheduling.stopping import StopReason
from app.trainer.session import TrainingSession
from app.trainer.setup.network_setup import CarriedOver, build_setup
from engine.training.divergence import Divergence
from engine.training.history import Entry
from engine.training.run import TrainingRun

STATE_FIELDS = {
    "version": "version",
    "data_version": "data_version",
    "status": "status",
    "modified": "start_modified",
}
"""Names on the disk, which never change, and the attributes of a session that hold their values."""


def record_of(session: TrainingSession, setup: bool) -> Record:
    """Return the record of a session. setup: whether spec or data may have changed."""
    run = session.run.snapshot()
    del run["history"]
    run["divergence"] = asdict(run["divergence"]) if run["divergence"] else None
    played = session.play_request.model_dump() if session.play_request else None
    cause = session.stop_reason and asdict(session.stop_reason)
    progress = {
        **{name: getattr(session, attribute) for name, attribute in STATE_FIELDS.items()},
        "cause": cause,
        "played": played,
        "run": run,
    }
    history, replaces = session.history_log.take_new(session.run.history)
    return Record(
        encode(_setup(session)) if setup else None, encode(progress), history, replaces, played is not None
    )


def _setup(session: TrainingSession) -> dict[str, Any]:
    setup = session.setup
    rows = setup.rows and {
        "x": setup.rows.x,
        "labels": setup.rows.labels,
        "classes": setup.rows.classes,
        "training": setup.rows.training,
        "names": setup.rows.names,
    }
    plane = setup.plane.model_dump() if setup.plane else None
    return {"given": setup.given, "rows": rows, "plane": plane}


def session_of(network: str, record: Record, limits: Limits) -> TrainingSession:
    """Return the session that a record was made of."""
    saved, progress = decode(record.setup or b"{}"), decode(record.progress)
    rows = UserData(**saved["rows"]) if saved["rows"] else None
    plane = ResolvedPlane(**saved["plane"]) if saved["plane"] else None
    setup = build_setup(saved["given"], limits, kept=CarriedOver(rows, plane))
    run = TrainingRun(setup.config, setup.examples, frozen=setup.frozen)
    entries = [entry for piece in record.history for entry in unpack_rows(piece)]
    run.restore(_snapshot(progress["run"], entries))
    session = TrainingSession(network, setup, run, limits)
    for name, attribute in STATE_FIELDS.items():
        setattr(session, attribute, progress[name])
    session.stop_reason = _cause(progress)
    if progress["played"]:
        session.play(Play.model_validate(progress["played"]))
    return session


def _cause(progress: dict[str, Any]) -> StopReason | None:
    """Return why the last play ended."""
    # The first version of the format had only the sentence.
    if progress.get("reason"):
        return StopReason.of("fault", detail=progress["reason"])
    return StopReason(**progress["cause"]) if progress.get("cause") else None


def _snapshot(run: dict[str, Any], entries: list[Entry]) -> dict[str, Any]:
    """Return the snapshot of a run."""
    # The first version of the format had the history in `run`, as one table.
    divergence = run["divergence"]
    return {
        **run,
        "history": list(entries_of(run["history"])) if "history" in run else entries,
        "divergence": Divergence(**divergence) if divergence else None,
    }
