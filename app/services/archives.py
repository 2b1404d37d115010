"""Archives: parameters as NumPy's .npz, with arrays W1, b1, W2, b2, …"""

import io
import zipfile
from typing import Any

import numpy as np

from app.services.refusals import FieldError, Unfit

LARGEST = 4_000_000
NAMES = "an archive has the arrays W1, b1, W2, b2, … and no others"


def layers_of_npz(body: bytes) -> dict[str, Any]:
    """The `layers` of parameters. Raises Unfit. Sizes are looked at before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise _unfit(f"unpacked, the archive is larger than {LARGEST:,} bytes")
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            found = {name: np.asarray(arrays[name]) for name in arrays.files}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError, KeyError):
        raise _unfit("this is not a NumPy archive of plain arrays") from None
    count = len(found) // 2
    needed = [f"{name}{layer}" for layer in range(1, count + 1) for name in ("W", "b")]
    if not needed or set(needed) != set(found):
        raise _unfit(f"{NAMES}; got {', '.join(sorted(found))[:200] or 'none'}")
    return {
        "layers": [
            {
                "W": _numbers(found[f"W{layer}"], f"W{layer}", 2),
                "b": _numbers(found[f"b{layer}"], f"b{layer}", 1),
            }
            for layer in range(1, count + 1)
        ]
    }


def _numbers(array: np.ndarray[Any, Any], name: str, axes: int) -> Any:
    if array.ndim != axes or array.dtype.kind not in "fiu":
        raise _unfit(f"{name} is {array.dtype} with {array.ndim} axes, needed are numbers with {axes}")
    return array.astype(float).tolist()


def _unfit(message: str) -> Unfit:
    return Unfit.of(FieldError("npz", message))
