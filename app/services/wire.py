"""The wire: messages between the service and its trainer processes are pickles, each behind its length.

Pickles are safe here: the service started the process at the other end, and nobody else reaches it.
"""

import pickle
import struct
from typing import Any

LENGTH = struct.Struct("!I")


def packed(message: object) -> bytes:
    """A message as it crosses."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def unpacked(body: bytes | bytearray) -> Any:
    """The message again, from what stands behind its length."""
    return pickle.loads(body)
