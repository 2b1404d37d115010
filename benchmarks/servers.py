"""A server of one's own for a measurement."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory


@contextmanager
def running() -> Iterator[str]:
    """The address of a playground on a free port, which ends with the block."""
    with serving() as (_, address):
        yield address


@contextmanager
def serving() -> Iterator[tuple[int, str]]:
    """The process id and the address of a playground on a free port, which ends with the block.

    What it keeps is on the disk, as it is for those who use one, and goes with it.
    """
    with TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            env={**os.environ, "PORT": "0", "DATA": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            line = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://\S+", line)
            if address is None:
                raise RuntimeError(f"the server did not say where it is, but {line!r}")
            yield process.pid, address.group()
        finally:
            process.terminate()
            process.communicate(timeout=10)
