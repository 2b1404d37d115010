"""NPZ reader: networks as NumPy archives, with arrays W1, b1, W2, b2, …, and `spec` as JSON.

Nothing is believed before it is checked: the sizes of the parts, then the shape and the type that
each part says it has against its size. Only then are numbers read, and never a pickle.
"""

import ast
import io
import re
import zipfile
import zlib
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.strict_json import MalformedError, parse

LARGEST = 4_000_000
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that unpack no more at a time than they are asked for."""
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    KeyError, TypeError, MemoryError, SyntaxError,
)  # fmt: skip
"""What reading a damaged archive raises; RuntimeError for a password, or a header nested too deeply."""
PARTS = 64
ENTRY = b"PK\x01\x02"
"""What each part begins with in the directory; `zipfile` makes objects of all before it tells how many."""
NUMBERS = 200_000
MAGIC = b"\x93NUMPY\x01\x00"
HEADER = 500
DTYPE = re.compile(r"[<>=|]?[a-zA-Z]\d{0,8}")
NAMES = "an archive must contain the arrays W1, b1, W2, b2, …"
SPEC = "spec"
Arrays = dict[str, np.ndarray[Any, Any]]


def read_spec(body: bytes) -> dict[str, Any]:
    """Return the spec of a network; where the archive has none, its layers are those of the arrays.

    Raises InvalidRequest.
    """
    arrays = _arrays(body)
    text = arrays.pop(SPEC, None)
    layers = _layers(arrays)
    if text is None:
        return {"layers": [{"units": len(layer["b"])} for layer in layers], "parameters": layers}
    if text.dtype.kind != "S" or text.shape:
        raise _unfit(
            f"{SPEC} is {text.dtype} {text.shape}, but it must be one byte string of dtype S, shape ()"
        )
    try:
        spec = parse(bytes(text[()]))
    except MalformedError as error:
        raise _unfit(f"{SPEC}: {error}") from None
    if not isinstance(spec, dict):
        raise _unfit(f"{SPEC} is to be a JSON object, as in {{}}")
    return {**spec, "parameters": layers}


def read_layers(body: bytes) -> dict[str, Any]:
    """Return the `layers` of parameters. Raises InvalidRequest."""
    arrays = _arrays(body)
    arrays.pop(SPEC, None)
    return {"layers": _layers(arrays)}


def _layers(found: Arrays) -> list[dict[str, Any]]:
    if (size := sum(array.size for array in found.values())) > NUMBERS:
        raise _unfit(f"the archive has {size:,} numbers, but at most {NUMBERS:,} are allowed")
    count = len(found) // 2
    needed = [f"{name}{layer}" for layer in range(1, count + 1) for name in ("W", "b")]
    if not needed or set(needed) != set(found):
        raise _unfit(f"{NAMES} and no others, but it contains {', '.join(sorted(found))[:200] or 'none'}")
    return [
        {"W": _numbers(found[f"W{layer}"], f"W{layer}", 2), "b": _numbers(found[f"b{layer}"], f"b{layer}", 1)}
        for layer in range(1, count + 1)
    ]


def _arrays(body: bytes) -> Arrays:
    if (count := body.count(ENTRY)) > PARTS:
        raise _unfit(f"the archive has {count:,} arrays, but at most {PARTS} are allowed")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST:
                raise _unfit(f"the unpacked archive has more than {LARGEST:,} bytes, which is the limit")
            names = [part.filename[:60].removesuffix(".npy") for part in parts]
            if twice := {name for name in names if names.count(name) > 1}:
                raise _unfit(f"{min(twice)} is in the archive twice; each name may occur once")
            return {
                name: _array(_unpacked(archive, part), part) for name, part in zip(names, parts, strict=True)
            }
    except BROKEN:
        raise _unfit("this is not a NumPy archive (.npz) of plain arrays") from None


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The bytes of a part: never more than it says it has, whatever is packed in it. Raises ValueError."""
    if part.compress_type not in PACKINGS:
        raise ValueError
    with archive.open(part) as file:
        return file.read(part.file_size)


def _array(content: bytes, part: zipfile.ZipInfo) -> np.ndarray[Any, Any]:
    """An array from the bytes of an .npy file, of which its header has told the truth. Raises ValueError."""
    start = len(MAGIC) + 2
    size = int.from_bytes(content[len(MAGIC) : start], "little")
    if not content.startswith(MAGIC) or size > HEADER:
        raise ValueError
    told = ast.literal_eval(content[start : start + size].decode("latin-1"))
    shape, columns_first, described = told["shape"], told["fortran_order"], told["descr"]
    if not DTYPE.fullmatch(described) or not all(type(length) is int for length in shape):
        raise ValueError
    dtype = np.dtype(described)
    name, rest = part.filename[:60], len(content) - start - size
    if dtype.hasobject:
        raise _unfit(f"{name} contains Python objects, which are not allowed; save plain numbers")
    needed = dtype.itemsize
    for length in shape:
        needed *= length
    if needed != rest or min(shape, default=1) < 1:
        raise _unfit(f"{name} declares {shape} of {dtype}, {needed:,} bytes, but {rest:,} bytes follow")
    array = np.frombuffer(content, dtype, offset=start + size)
    return array.reshape(shape, order="F" if columns_first else "C")


def _numbers(array: np.ndarray[Any, Any], name: str, axes: int) -> Any:
    if array.ndim != axes or array.dtype.kind not in "fiu":
        raise _unfit(f"{name} is {array.dtype} with {array.ndim} axes, but it must hold numbers with {axes}")
    return array.astype(float).tolist()


def _unfit(message: str) -> InvalidRequest:
    return InvalidRequest.of(FieldError("npz", message))
