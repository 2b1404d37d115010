"""ARC4 random stream of TensorFlow Playground, reproduced number for number.

TensorFlow Playground uses the library seedrandom: the cipher ARC4 (RC4), keyed with a text, whose
bytes are combined into numbers in [0, 1). With the same stream, its points and initial weights are
reproduced here to the last bit.

Sources: R. Rivest's RC4 (1987, public since 1994); D. Bau's description of seedrandom (2010): width
256, chunks of 6 bytes, 52 significant digits, the first 256 bytes discarded.
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
    """Random stream of numbers in [0, 1), keyed with a text. It is a `RandomSource`."""

    def __init__(self, seed: str) -> None:
        self._bytes = _keystream(_key(seed))
        self._take(WIDTH)

    def random(self, size: int | tuple[int, ...]) -> Array:
        """Return the next numbers of the stream, filling an array of this size row by row."""
        count = int(np.prod(size))
        return np.array([self._number() for _ in range(count)]).reshape(size)

    def _number(self) -> float:
        """Return a fraction with 52 or 53 binary digits, which a float can hold."""
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
    """Return the seed's UTF-16 code units as a key of at most 256 bytes; longer seeds are mixed in."""
    key = bytearray()
    smear = 0
    units = np.frombuffer(seed.encode("utf-16-le"), "<u2")
    for index, unit in enumerate(units.tolist()):
        if index < WIDTH:
            key.append(unit % WIDTH)
        else:
            smear ^= key[index % WIDTH] * 19
            key[index % WIDTH] = (smear + unit) % WIDTH
    return bytes(key) or b"\0"


def _keystream(key: bytes) -> Iterator[int]:
    """Yield RC4's bytes: the key sets up a permutation of 0 … 255, which each byte changes further."""
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
