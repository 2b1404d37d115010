"""Model of the next batch's trace."""

from app.schemas.base import ResponseModel
from app.schemas.responses import Line, Trace


class BatchTrace(ResponseModel):
    """One update as the mean of its examples' gradients.

    lines: loss, gradients and update of the whole batch. examples: all of it, as GET data counts them.
    each: the first eight, fewer of a network of more than 2,500 parameters, forward and back; in the terms
    of `lines` all others together are the last, "…".
    """

    step: int
    examples: list[int]
    lines: list[Line]
    each: list[Trace]
