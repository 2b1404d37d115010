"""Archives: networks as NumPy's .npz, with arrays W1, b1, W2, b2, …, and `spec`, JSON, for all the rest.

Nothing is believed before it is checked: the sizes of the parts, then the shape and the type that
each part says it has against its size. Only then are numbers read, and never a pickle.
"""

import io
import zipfile
import zlib
from typing import Any

import numpy as np

from app.services.refusals import FieldError, Unfit
from app.services.strict_json import MalformedError, parse

LARGEST = 4_000_000
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    KeyError, TypeError, MemoryError,
)  # fmt: skip
"""What reading a damaged archive raises; RuntimeError for a password, or a header nested too deeply."""
PARTS = 64
NAMES = "an archive has the arrays W1, b1, W2, b2, …"
SPEC = "spec"
Arrays = dict[str, np.ndarray[Any, Any]]


def spec_of_npz(body: bytes) -> dict[str, Any]:
    """The spec of a network; where the archive has none, its layers are those of the arrays. Raises Unfit."""
    arrays = _arrays(body)
    text = arrays.pop(SPEC, None)
    layers = _layers(arrays)
    if text is None:
        return {"layers": [{"units": len(layer["b"])} for layer in layers], "parameters": layers}
    if text.dtype.kind != "S" or text.shape:
        raise _unfit(f"{SPEC} is {text.dtype} {text.shape}, needed is one string of bytes, dtype S, shape ()")
    try:
        spec = parse(bytes(text[()]))
    except MalformedError as error:
        raise _unfit(f"{SPEC}: {error}") from None
    if not isinstance(spec, dict):
        raise _unfit(f"{SPEC} is to be a JSON object, as in {{}}")
    return {**spec, "parameters": layers}


def layers_of_npz(body: bytes) -> dict[str, Any]:
    """The `layers` of parameters. Raises Unfit."""
    arrays = _arrays(body)
    arrays.pop(SPEC, None)
    return {"layers": _layers(arrays)}


def _layers(found: Arrays) -> list[dict[str, Any]]:
    count = len(found) // 2
    needed = [f"{name}{layer}" for layer in range(1, count + 1) for name in ("W", "b")]
    if not needed or set(needed) != set(found):
        raise _unfit(f"{NAMES} and no others; got {', '.join(sorted(found))[:200] or 'none'}")
    return [
        {"W": _numbers(found[f"W{layer}"], f"W{layer}", 2), "b": _numbers(found[f"b{layer}"], f"b{layer}", 1)}
        for layer in range(1, count + 1)
    ]


def _arrays(body: bytes) -> Arrays:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS:
                raise _unfit(f"{len(parts):,} arrays, at most {PARTS} are possible")
            if sum(part.file_size for part in parts) > LARGEST:
                raise _unfit(f"unpacked, the archive is larger than {LARGEST:,} bytes")
            return {
                part.filename[:60].removesuffix(".npy"): _array(archive.read(part), part) for part in parts
            }
    except BROKEN:
        raise _unfit("this is not a NumPy archive of plain arrays") from None


def _array(content: bytes, part: zipfile.ZipInfo) -> np.ndarray[Any, Any]:
    """An array from the bytes of an .npy file, of which its header has told the truth. Raises ValueError."""
    file = io.BytesIO(content)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError
    shape, columns_first, dtype = np.lib.format.read_array_header_1_0(file)
    name, rest = part.filename[:60], len(content) - file.tell()
    if dtype.hasobject:
        raise _unfit(f"{name} holds Python objects, which would be a pickle: save plain numbers")
    needed = dtype.itemsize
    for length in shape:
        needed *= length
    if needed != rest or min(shape, default=0) < 0:
        raise _unfit(f"{name} says it is {shape} of {dtype}, {needed:,} bytes, but {rest:,} follow")
    array = np.frombuffer(content, dtype, offset=file.tell()) if rest else np.empty(0, dtype)
    return array.reshape(shape, order="F" if columns_first else "C")


def _numbers(array: np.ndarray[Any, Any], name: str, axes: int) -> Any:
    if array.ndim != axes or array.dtype.kind not in "fiu":
        raise _unfit(f"{name} is {array.dtype} with {array.ndim} axes, needed are numbers with {axes}")
    return array.astype(float).tolist()


def _unfit(message: str) -> Unfit:
    return Unfit.of(FieldError("npz", message))
