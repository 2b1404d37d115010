"""Records: a resident as bytes, from which it can go on as if nothing had happened."""

import pickle

from app.services.seam import Record
from app.settings import Limits
from app.trainer.resident import Resident
from app.trainer.setups import build
from engine.training import TrainingRun


def record_of(resident: Resident, setup: bool) -> Record:
    """What is to be kept of a resident. setup: whether spec or data may have changed."""
    progress = {
        "version": resident.version,
        "status": resident.status,
        "reason": resident.reason,
        "modified": resident.modified,
        "played": resident.played,
        "run": resident.run.snapshot(),
    }
    kept = {"given": resident.setup.given, "besides": resident.setup.kept}
    return Record(pickle.dumps(kept) if setup else None, pickle.dumps(progress))


def resident_of(network: str, record: Record, limits: Limits) -> Resident:
    """The resident that a record was made of."""
    kept, progress = pickle.loads(record.setup or b""), pickle.loads(record.progress)
    setup = build(kept["given"], limits, kept=kept["besides"])
    run = TrainingRun(setup.recipe, setup.examples, frozen=setup.frozen)
    run.restore(progress["run"])
    resident = Resident(network, setup, run, limits)
    for name in ("version", "status", "reason", "modified"):
        setattr(resident, name, progress[name])
    if progress["played"]:
        resident.play(progress["played"])
    return resident
