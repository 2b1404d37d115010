"""Servers that are started for one measurement."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def running() -> Iterator[str]:
    """Start a server on a free port, yield its address, and stop it at the end of the block."""
    with serving() as (_, address):
        yield address


@contextmanager
def serving(log: Path | None = None) -> Iterator[tuple[int, str]]:
    """Start a server on a free port, yield its process id and address, and stop it at the end of the block.

    Its database is a file, as in production, in a temporary folder. log: the file for what it logs.
    """
    with TemporaryDirectory() as folder, ExitStack() as files:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            env={**os.environ, "PORT": "0", "DATA": folder},
            stdout=subprocess.PIPE,
            stderr=files.enter_context(log.open("wb")) if log else None,
            text=True,
        )
        try:
            line = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://\S+", line)
            if address is None:
                raise RuntimeError(f"the server printed no address, but {line!r}")
            yield process.pid, address.group()
        finally:
            process.terminate()
            process.communicate(timeout=10)
