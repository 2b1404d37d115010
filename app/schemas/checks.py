"""Models of a gradient check's result."""

from app.schemas.base import ResponseModel
from app.schemas.responses import Number


class GradientCheckRow(ResponseModel):
    name: str
    backprop: Number
    numerical: Number
    relative_error: Number
    kink: bool


class GradientCheckResult(ResponseModel):
    """error: ‖g − n‖ / (‖g‖ + ‖n‖) over the parameters that cross no kink.

    agrees: whether it is within a millionth, but for what the rounding of E explains.
    """

    step: int
    h: float
    error: Number
    agrees: bool
    kinks: int
    parameters: list[GradientCheckRow]
