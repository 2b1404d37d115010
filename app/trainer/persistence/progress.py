"""Progress: how far a network was trained, in an exported file and restored from one."""

from math import nan
from typing import Any

from app.schemas.spec import Progress, ScoreSpec
from app.trainer.scores import scores_to_dict
from app.trainer.setup.parameters import flat_parameters, layered_parameters
from engine.metrics import Metrics, Score
from engine.training.history import HistoryRow
from engine.training.run import TrainingRun
from engine.types import Array


def history_to_dict(run: TrainingRun) -> list[dict[str, Any]]:
    """Return the scores at the ends of epochs."""
    return [_told(row) for row in run.history.rows]


def history_until_now(run: TrainingRun) -> list[dict[str, Any]]:
    """Return the same, and last the scores of this step: the newest epochs may be among those thinned out."""
    told = history_to_dict(run)
    if told[-1]["step"] != run.step:
        told.append(_told(HistoryRow(run.epoch, run.step, run.metrics())))
    return told


def _told(row: HistoryRow) -> dict[str, Any]:
    return {"epoch": row.epoch, "step": row.step, **scores_to_dict(row.metrics)}


def progress_to_dict(run: TrainingRun, modified: bool) -> dict[str, Any]:
    """Step, epoch, history, and the start where the spec would not draw it."""
    told = {"step": run.step, "epoch": run.epoch, "history": history_to_dict(run)}
    start = layered_parameters(run.network.architecture, run.start)
    return {**told, "start": start} if modified else told


def restore_progress(run: TrainingRun, progress: Progress, parameters: Array | None) -> None:
    """Go on from there: a run at its start, at this step, with these parameters and this history."""
    if progress.start is not None:
        run.set_parameters(flat_parameters(progress.start, run.config.architecture, "progress.start"))
    rows = [
        HistoryRow(row.epoch, row.step, Metrics(_score(row.train), _score(row.test) if row.test else None))
        for row in sorted(progress.history, key=lambda row: row.epoch)
    ]
    snapshot = run.snapshot()
    snapshot |= {"step": progress.step, "epoch": progress.epoch}
    if parameters is not None:
        snapshot["theta"] = parameters
    if rows:
        snapshot["history"] = rows
    run.restore(snapshot)


def _score(given: ScoreSpec) -> Score:
    return Score(nan if given.loss is None else given.loss, given.accuracy, given.r2)
