"""Trainer process: `python -m app.trainer FD LIMITS LEVEL`. It ends when its socket is closed."""

import os
import signal
import socket
import sys

import numpy as np

from app.domain.process_info import tune_gc
from app.logs import configure_logging
from app.messages.channel import NonblockingChannel
from app.settings import Limits
from app.trainer.event_loop import TrainerProcess


def main(descriptor: str, limits: str, level: str) -> None:
    """Serve the socket with this descriptor. level: the minimum severity to log."""
    configure_logging(level, "trainer")
    # A terminal sends these signals to the whole group. The web process handles them and closes the socket.
    for group_signal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(group_signal, signal.SIG_IGN)
    np.seterr(all="ignore")  # answers report an overflow
    tune_gc()
    # The number is one of the web process, which may have thousands of connections. `select` needs a low one.
    connection = socket.socket(fileno=os.dup(int(descriptor)))
    os.close(int(descriptor))
    TrainerProcess(NonblockingChannel(connection), Limits.model_validate_json(limits)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
