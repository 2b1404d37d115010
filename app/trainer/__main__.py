"""`python -m app.trainer FD LIMITS LEVEL`: the training process. It ends when the other end of the socket
does."""

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
    """Serve the socket with this descriptor, within these limits; log from this level on."""
    configure_logging(level, "trainer")
    for sent_to_the_whole_group in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            sent_to_the_whole_group, signal.SIG_IGN
        )  # the service hears it too, and closes the socket
    np.seterr(all="ignore")  # where numbers overflow, answers say so
    tune_gc()
    connection = socket.socket(fileno=int(descriptor))
    TrainerProcess(NonblockingChannel(connection), Limits.model_validate_json(limits)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
