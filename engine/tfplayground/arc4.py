"""ARC4 random stream of TensorFlow Playground, reproduced number for number.

Web pages that want repeatable chance often use seedrandom: the cipher ARC4 (RC4), keyed with a
text, whose bytes are put together to a number in [0, 1). TensorFlow Playground does, and with the
same stream its points and start weights come out here to the last bit.

Sources: R. Rivest's RC4 (1987, public since 1994); D. Bau's description of seedrandom (2010): width
256, chunks of 6 bytes, 52 significant digits, the first 256 bytes thrown away.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from engine.types import Array

WIDTH = 256
CHUNKS = 6
SIGNIFICANCE = 2**52
OVERFLOW = 2**53


class ARC4:
    """A stream of numbers in [0, 1) that a text decides. A `RandomSource`."""

    def __init__(self, seed: str) -> None:
        self._bytes = _keystream(_key(seed))
        self._take(WIDTH)

    def random(self, size: int | tuple[int, ...]) -> Array:
        """Return the next numbers of the stream, filling an array of this size row by row."""
        count = int(np.prod(size))
        return np.array([self._number() for _ in range(count)]).reshape(size)

    def _number(self) -> float:
        """Return a fraction with at least 52 binary digits, and with no more than a float can hold."""
        numerator, denominator, last = self._take(CHUNKS), int(WIDTH**CHUNKS), 0
        while numerator < SIGNIFICANCE:
            numerator = (numerator + last) * WIDTH
            denominator *= WIDTH
            last = self._take(1)
        while numerator >= OVERFLOW:
            numerator //= 2
            denominator //= 2
            last >>= 1
        return (numerator + last) / denominator

    def _take(self, count: int) -> int:
        """Return the next bytes as one number, the first byte the most significant."""
        return int.from_bytes(bytes(islice(self._bytes, count)), "big")


def _key(seed: str) -> bytes:
    """Return the seed's characters (its UTF-16 code units) as at most 256 bytes, wrapped around and mixed."""
    key = bytearray()
    smear = 0
    units = np.frombuffer(seed.encode("utf-16-le"), "<u2")
    for place, unit in enumerate(units.tolist()):
        if place < WIDTH:
            key.append(unit % WIDTH)
        else:
            smear ^= key[place % WIDTH] * 19
            key[place % WIDTH] = (smear + unit) % WIDTH
    return bytes(key) or b"\0"


def _keystream(key: bytes) -> Iterator[int]:
    """RC4: a permutation of 0 … 255 arranged by the key, then stirred and read one byte at a time."""
    state = list(range(WIDTH))
    j = 0
    for i in range(WIDTH):
        j = (j + state[i] + key[i % len(key)]) % WIDTH
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) % WIDTH
        j = (j + state[i]) % WIDTH
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) % WIDTH]
