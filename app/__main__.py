"""`python -m app`: serve the playground. HOST and PORT say where."""

import argparse
import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import uvicorn
from pydantic import ValidationError
from pydantic_settings import CliSettingsSource

from app import __version__
from app.domain.process_info import tune_gc
from app.logs import configure_logging
from app.main import create_app
from app.services.exhibits.parser import ExhibitError
from app.services.storage.data_dir import StoreError
from app.settings import Settings
from app.web.uvicorn_protocol import Protocol, SocketProtocol

GRACE = 3
SEPARATOR = "__"
BACKLOG = 1024
SEND_BUFFER = 1 << 16
"""Bytes on their way to one client: what it does not read waits here, where frames can be left out."""


class ListenError(Exception):
    """The address cannot be had, and what to do about it."""


class Server(uvicorn.Server):
    """A server that says where it is once it can be reached."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            say(f"The playground is at {address(sockets[0])}  (Ctrl-C ends it)", sys.stdout)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Being told to end is no failure: the process ends by itself, with 0."""
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, self.handle_exit)
        yield


def listening(host: str, port: int, silent_seconds: float) -> socket.socket:
    """A socket bound to the address; what does not read is given up after so long. Raises ListenError."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * silent_seconds))
        listener.bind(place)
        listener.listen(BACKLOG)
    except OSError as error:
        raise ListenError(_advice(error, host, port)) from error
    return listener


def _advice(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken on {host}: choose another one, as in PORT={port + 1} python -m app"
    if error.errno == errno.EACCES:
        return f"Port {port} is not for ordinary users: choose one from 1024 on: PORT=8000 python -m app"
    reason = error.strerror or error
    return f"Cannot listen on {host}, port {port} ({reason}): set HOST to an address of this machine"


def address(listener: socket.socket) -> str:
    """Return where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def say(line: str, where: TextIO) -> None:
    """A line for the person at the terminal, at once."""
    where.write(f"{line}\n")
    where.flush()


def read_settings() -> Settings:
    """Return the settings of the environment and the options. `--version` and `--help` print and exit."""
    parser = argparse.ArgumentParser(prog="python -m app", description=Settings.__doc__)
    parser.add_argument("--version", action="version", version=f"backprop-playground {__version__}")
    options = CliSettingsSource[argparse.ArgumentParser](Settings, cli_parse_args=True, root_parser=parser)
    return Settings(_cli_settings_source=options)


def main() -> int:
    """Serve until told to end; the exit code."""
    try:
        settings = read_settings()
        configure_logging(settings.log_level, "web")
        listener = listening(settings.host, settings.port, settings.silent_seconds)
        app = create_app(settings)
        app.state.store.open()
        for fault in app.state.exhibits.faults:
            say(str(fault), sys.stderr)
    except ValidationError as error:
        fields = (
            (SEPARATOR.join(map(str, field["loc"])).upper(), field["msg"].removeprefix("Value error, "))
            for field in error.errors()
        )
        say(f"A setting does not fit: {'; '.join(f'{name}: {why}' for name, why in fields)}", sys.stderr)
        return 1
    except (ListenError, ExhibitError, StoreError) as error:
        say(str(error), sys.stderr)
        return 1
    config = uvicorn.Config(
        app,
        http=Protocol,
        ws=SocketProtocol,
        ws_per_message_deflate=False,
        ws_max_size=settings.limits.body_bytes,
        ws_ping_interval=settings.silent_seconds / 2,
        ws_ping_timeout=settings.silent_seconds / 2,
        timeout_graceful_shutdown=GRACE,
        log_config=None,
        log_level="warning",  # its lines of information show whole paths, and paths hold ids
        access_log=False,
        server_header=False,
    )
    tune_gc()
    Server(config).run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
