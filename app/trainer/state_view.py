"""States: what is told of a network after every command."""

from typing import Any

from app.trainer.queries.serialization import plain
from app.trainer.scores import scores
from app.trainer.session import Resident
from engine.data.features import parse_features


def state_of(resident: Resident) -> dict[str, Any]:
    """The state, but for the page's address, which depends on who asks."""
    setup, run = resident.setup, resident.run
    features = parse_features(setup.spec.features, setup.source.inputs)
    standardization = setup.standardization
    return {
        "id": resident.network,
        "version": resident.version,
        "data_version": resident.data_version,
        "status": resident.status,
        "reason": resident.cause and resident.cause.reason,
        "cause": resident.cause and resident.cause.told,
        "playing": resident.played is not None,
        "pace": resident.played.epochs_per_second if resident.played else None,
        "step": run.step,
        "epoch": run.epoch,
        **scores(resident.metrics),
        "task": setup.source.task,
        "classes": setup.source.classes,
        "spec": plain(setup.spec),
        "features": [{"formula": feature.text, "nodes": feature.node_list()} for feature in features],
        "standardization": standardization
        and {"mean": standardization.mean.tolist(), "scale": standardization.scale.tolist()},
        "plane": plain(setup.plane),
        "start": {"modified": resident.modified},
        "notes": setup.notes,
    }
