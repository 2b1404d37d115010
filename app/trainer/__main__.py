"""`python -m app.trainer FD`: the training process. It ends when the other end of the socket does."""

import logging
import os
import signal
import socket
import sys

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy loads: these matrices are small, and the cores are shared


def main(descriptor: int) -> None:
    """Serve the socket with this descriptor."""
    from app.settings import Limits
    from app.trainer.channel import Channel
    from app.trainer.trainer import Trainer

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s trainer %(message)s")
    for sent_to_the_whole_group in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            sent_to_the_whole_group, signal.SIG_IGN
        )  # the service hears it too, and closes the socket
    limits = Limits.model_validate_json(sys.argv[2])
    Trainer(Channel(socket.socket(fileno=descriptor)), limits).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
