"""Array types of the signatures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
"""Real numbers, float64 or float32."""

Mask = NDArray[np.bool_]
"""True at the selected elements."""
