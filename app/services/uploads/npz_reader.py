"""NPZ reader: networks as NumPy archives, with arrays W1, b1, W2, b2, …, and `spec` as JSON.

The reader does not trust the archive. It checks the declared sizes first, then shape and type of each
array against its size, and reads numbers only then. It never unpickles.
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

MAX_UNPACKED_BYTES = 4_000_000
COMPRESSION_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Methods that unpack no more bytes than the reader requests, which bounds the memory."""
ARCHIVE_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    KeyError, TypeError, MemoryError, SyntaxError,
)  # fmt: skip
"""Exceptions of damaged archives. RuntimeError means a password, or a header that is nested too deeply."""
MAX_ARRAYS = 64
DIRECTORY_ENTRY = b"PK\x01\x02"
"""Signature of a directory entry. `zipfile` would create an object per entry before it reports a number."""
MAX_NUMBERS = 200_000
MAGIC = b"\x93NUMPY\x01\x00"
MAX_HEADER_BYTES = 500
DTYPE = re.compile(r"[<>=|]?[a-zA-Z]\d{0,8}")
NAMES = "an archive must contain the arrays W1, b1, W2, b2, …"
SPEC = "spec"
Arrays = dict[str, np.ndarray[Any, Any]]


def read_spec(body: bytes) -> dict[str, Any]:
    """Return the spec of a network. Raises InvalidRequest.

    Without `spec` in the archive, the layers follow the shapes of the arrays.
    """
    arrays = _arrays(body)
    text = arrays.pop(SPEC, None)
    layers = _layers(arrays)
    if text is None:
        return {"layers": [{"units": len(layer["b"])} for layer in layers], "parameters": layers}
    if text.dtype.kind != "S" or text.shape:
        raise _invalid(
            f"{SPEC} is {text.dtype} {text.shape}, but it must be one byte string of dtype S, shape ()"
        )
    try:
        spec = parse(bytes(text[()]))
    except MalformedError as error:
        raise _invalid(f"{SPEC}: {error}") from None
    if not isinstance(spec, dict):
        raise _invalid(f"{SPEC} must be a JSON object, as in {{}}")
    return {**spec, "parameters": layers}


def read_layers(body: bytes) -> dict[str, Any]:
    """Return the `layers` of parameters. Raises InvalidRequest."""
    arrays = _arrays(body)
    arrays.pop(SPEC, None)
    return {"layers": _layers(arrays)}


def _layers(arrays: Arrays) -> list[dict[str, Any]]:
    if (size := sum(array.size for array in arrays.values())) > MAX_NUMBERS:
        raise _invalid(f"the archive has {size:,} numbers, but at most {MAX_NUMBERS:,} are allowed")
    layers = range(1, len(arrays) // 2 + 1)
    needed = [f"{name}{layer}" for layer in layers for name in ("W", "b")]
    if not needed or set(needed) != set(arrays):
        raise _invalid(f"{NAMES} and no others, but it contains {', '.join(sorted(arrays))[:200] or 'none'}")
    return [
        {
            "W": _numbers(arrays[f"W{layer}"], f"W{layer}", 2),
            "b": _numbers(arrays[f"b{layer}"], f"b{layer}", 1),
        }
        for layer in layers
    ]


def _arrays(body: bytes) -> Arrays:
    if (count := body.count(DIRECTORY_ENTRY)) > MAX_ARRAYS:
        raise _invalid(f"the archive has {count:,} arrays, but at most {MAX_ARRAYS} are allowed")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise _invalid(
                    f"the unpacked archive has more than {MAX_UNPACKED_BYTES:,} bytes, which is the limit"
                )
            names = [entry.filename[:60].removesuffix(".npy") for entry in entries]
            if repeated := {name for name in names if names.count(name) > 1}:
                raise _invalid(f"{min(repeated)} is in the archive twice; each name may occur once")
            return {
                name: _array(_unpack(archive, entry), entry)
                for name, entry in zip(names, entries, strict=True)
            }
    except ARCHIVE_ERRORS:
        raise _invalid("this is not a NumPy archive (.npz) of plain arrays") from None


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return the bytes of an entry, at most its declared size. Raises ValueError."""
    if entry.compress_type not in COMPRESSION_METHODS:
        raise ValueError
    with archive.open(entry) as file:
        return file.read(entry.file_size)


def _array(content: bytes, entry: zipfile.ZipInfo) -> np.ndarray[Any, Any]:
    """Return the array of an .npy file whose header agrees with its size. Raises ValueError."""
    start = len(MAGIC) + 2
    size = int.from_bytes(content[len(MAGIC) : start], "little")
    if not content.startswith(MAGIC) or size > MAX_HEADER_BYTES:
        raise ValueError
    header = ast.literal_eval(content[start : start + size].decode("latin-1"))
    shape, fortran_order, descr = header["shape"], header["fortran_order"], header["descr"]
    # np.dtype() would accept far more than a number type, structured types with objects among them.
    if not DTYPE.fullmatch(descr) or not all(type(length) is int for length in shape):
        raise ValueError
    dtype = np.dtype(descr)
    name, rest = entry.filename[:60], len(content) - start - size
    if dtype.hasobject:
        raise _invalid(f"{name} contains Python objects, which are not allowed; save plain numbers")
    needed = dtype.itemsize
    for length in shape:
        needed *= length  # Python's integers, because a product of NumPy's could overflow
    if needed != rest or min(shape, default=1) < 1:
        raise _invalid(f"{name} declares {shape} of {dtype}, {needed:,} bytes, but {rest:,} bytes follow")
    array = np.frombuffer(content, dtype, offset=start + size)
    return array.reshape(shape, order="F" if fortran_order else "C")


def _numbers(array: np.ndarray[Any, Any], name: str, axes: int) -> Any:
    if array.ndim != axes or array.dtype.kind not in "fiu":
        raise _invalid(
            f"{name} is {array.dtype} with {array.ndim} axes, but it must hold numbers with {axes}"
        )
    return array.astype(float).tolist()


def _invalid(message: str) -> InvalidRequest:
    return InvalidRequest.of(FieldError("npz", message))
