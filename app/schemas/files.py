"""Models of exported files that are JSON and no spec."""

from app.schemas.base import ResponseModel


class PlaygroundLink(ResponseModel):
    """A link to TensorFlow Playground. notes: what is not the same there."""

    tfplayground: str
    notes: list[str]
