"""What the service answers to a gradient check."""

from app.schemas.base import Told
from app.schemas.responses import Number


class CheckedParameter(Told):
    name: str
    backprop: Number
    numerical: Number
    relative_error: Number
    kink: bool


class CheckedGradient(Told):
    """error: ‖g − n‖ / (‖g‖ + ‖n‖) over the parameters that cross no kink.

    agrees: whether it is within a millionth, but for what the rounding of E explains.
    """

    step: int
    h: float
    error: Number
    agrees: bool
    kinks: int
    parameters: list[CheckedParameter]
