"""Data set information: task, classes and inputs of a network's data, and the defaults of the data set."""

from dataclasses import dataclass

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.user_data import UserData
from app.schemas.spec import OWN_DATA, DataSpec, Task
from engine.data import DATASETS

DEFAULT_DATASET = "circle"
OWN_BATCH_SIZE = 10


@dataclass(frozen=True)
class DatasetInfo:
    """The data set that decides the defaults of a spec.

    classes: 0 for regression. outputs: the number of output units that the labels need.
    """

    name: str
    task: Task
    classes: int
    inputs: int
    outputs: int
    examples: int
    train_fraction: float
    batch_size: int
    class_names: list[str] | None = None


def dataset_info(data: DataSpec, rows: UserData | None) -> DatasetInfo:
    """Return the data set that a spec names. rows: the client's own examples, if the spec has any.

    Raises InvalidRequest.
    """
    if rows is not None:
        train_fraction = 1.0 if rows.training is None else float(rows.training.mean())
        return DatasetInfo(
            OWN_DATA, rows.task, rows.classes, rows.x.shape[1], rows.outputs,
            examples=len(rows.x), train_fraction=train_fraction, batch_size=OWN_BATCH_SIZE,
            class_names=rows.names,
        )  # fmt: skip
    name = data.name or DEFAULT_DATASET
    if name == OWN_DATA:
        raise InvalidRequest.of(FieldError("data", "own data need rows; send points, or inputs and targets"))
    dataset = DATASETS[name]
    task: Task = "classification" if dataset.classes else "regression"
    if data.task not in (None, task):
        raise InvalidRequest.of(
            FieldError(
                "data.task", f"{name} is a data set for {task}; send that task, or leave this field out"
            )
        )
    return DatasetInfo(
        name, task, dataset.classes, 2, dataset.classes if dataset.classes > 2 else 1,
        dataset.examples, dataset.train_fraction, dataset.batch_size,
    )  # fmt: skip
