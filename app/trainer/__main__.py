"""`python -m app.trainer FD LIMITS LEVEL`: the training process. It ends when the other end of the socket
does."""

import signal
import socket
import sys

import numpy as np

from app.domain.process_info import spare_the_collector
from app.logs import write_lines
from app.messages.channel import Channel
from app.settings import Limits
from app.trainer.event_loop import Trainer


def main(descriptor: str, limits: str, level: str) -> None:
    """Serve the socket with this descriptor, within these limits; log from this level on."""
    write_lines(level, "trainer")
    for sent_to_the_whole_group in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            sent_to_the_whole_group, signal.SIG_IGN
        )  # the service hears it too, and closes the socket
    np.seterr(all="ignore")  # where numbers overflow, answers say so
    spare_the_collector()
    connection = socket.socket(fileno=int(descriptor))
    Trainer(Channel(connection), Limits.model_validate_json(limits)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
