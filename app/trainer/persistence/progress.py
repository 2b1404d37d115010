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
    return [_row_to_dict(row) for row in run.history.rows]


def history_until_now(run: TrainingRun) -> list[dict[str, Any]]:
    """Return the history with the scores of the current step as its last row."""
    rows = history_to_dict(run)
    # A long history is thinned out, and the newest epochs may be missing from it.
    if rows[-1]["step"] != run.step:
        rows.append(_row_to_dict(HistoryRow(run.epoch, run.step, run.metrics())))
    return rows


def _row_to_dict(row: HistoryRow) -> dict[str, Any]:
    return {"epoch": row.epoch, "step": row.step, **scores_to_dict(row.metrics)}


def progress_to_dict(run: TrainingRun, modified: bool) -> dict[str, Any]:
    """Return step, epoch and history. modified: also the start, which the spec would not draw again."""
    progress = {"step": run.step, "epoch": run.epoch, "history": history_to_dict(run)}
    start = layered_parameters(run.network.architecture, run.start)
    return {**progress, "start": start} if modified else progress


def restore_progress(run: TrainingRun, progress: Progress, parameters: Array | None) -> None:
    """Set the step, parameters and history of a run that is at its start."""
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
