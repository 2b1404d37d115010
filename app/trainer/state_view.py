"""State view: the state of a network as clients read it."""

from typing import Any

from app.trainer.queries.serialization import json_safe
from app.trainer.scores import scores_to_dict
from app.trainer.session import TrainingSession
from engine.data.features import parse_features


def network_state(session: TrainingSession) -> dict[str, Any]:
    """Return the state without the address of the page, which depends on the client."""
    setup, run = session.setup, session.run
    features = parse_features(setup.spec.features, setup.source.inputs)
    standardization = setup.standardization
    return {
        "id": session.network_id,
        "version": session.version,
        "data_version": session.data_version,
        "status": session.status,
        "reason": session.stop_reason and session.stop_reason.reason,
        "cause": session.stop_reason and session.stop_reason.to_dict,
        "playing": session.play_request is not None,
        "stepping": session.job is not None,
        "pace": session.play_request.epochs_per_second if session.play_request else None,
        "step": run.step,
        "epoch": run.epoch,
        **scores_to_dict(session.metrics),
        "task": setup.source.task,
        "classes": setup.source.classes,
        "spec": json_safe(setup.spec),
        "features": [{"formula": feature.text, "nodes": feature.node_list()} for feature in features],
        "standardization": standardization
        and {"mean": standardization.mean.tolist(), "scale": standardization.scale.tolist()},
        "plane": json_safe(setup.plane),
        "start": {"modified": session.start_modified},
        "notes": setup.notes,
    }
