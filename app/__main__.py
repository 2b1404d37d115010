"""Command line: `python -m app` serves the playground at HOST and PORT."""

import argparse
import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from pydantic_settings import CliSettingsSource

from app import __version__
from app.domain.process_info import allow_open_files, tune_gc
from app.logs import configure_logging
from app.main import create_app
from app.services.exhibits.parser import ExhibitError
from app.services.storage.data_dir import StoreError
from app.settings import Settings
from app.web.uvicorn_protocol import Config, Protocol, close_overdue
from app.web.websocket_protocol import SocketProtocol

NO_WINDOWS = (
    "The playground does not run on Windows itself, because its trainers need fork(). "
    "Run it in the Windows Subsystem for Linux: wsl --install, then the same commands there."
)
SHUTDOWN_GRACE_SECONDS = 3
SEPARATOR = "__"
BACKLOG = 1024
MAX_ACCEPTED_PER_TURN = 64
"""Connections that the event loop accepts in one turn. More would keep it from everybody else."""
TICKS_PER_CHECK = 10
"""Ticks of 0.1 s from one look for overdue connections to the next."""
SEND_BUFFER_BYTES = 1 << 16
"""Kept small on purpose. Unsent data then waits in the outbox, which can drop frames for a slow client."""


class ListenError(Exception):
    """The service cannot listen on the address. The message names what to do."""


class Server(uvicorn.Server):
    """Uvicorn server that prints its address once it accepts connections."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(BACKLOG)  # asyncio has set it to the number that it accepts in a turn
        if self.started and sockets:
            print_line(f"The playground is at {page_url(sockets[0])}  (Ctrl-C ends it)", sys.stdout)

    async def on_tick(self, counter: int) -> bool:
        """Close overdue connections once a second. Return whether the server is to end."""
        if counter % TICKS_PER_CHECK == 0:
            close_overdue(self.server_state)
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Shut down on SIGINT and SIGTERM with exit code 0. Uvicorn would raise the signal again."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield


def open_listener(host: str, port: int, silent_seconds: float) -> socket.socket:
    """Return a listening socket. Raises ListenError.

    silent_seconds: the system closes a connection whose client acknowledges no data for this time.
    """
    try:
        family, kind, protocol, _, socket_address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * silent_seconds))
        listener.bind(socket_address)
        listener.listen(BACKLOG)
    except OSError as error:
        raise ListenError(_advice(error, host, port)) from error
    return listener


def _advice(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken on {host}: choose another one, as in PORT={port + 1} python -m app"
    if error.errno == errno.EACCES:
        return f"Port {port} needs root: choose a port of at least 1024, as in PORT=8000 python -m app"
    reason = error.strerror or error
    return f"Cannot listen on {host}, port {port} ({reason}): set HOST to an address of this machine"


def page_url(listener: socket.socket) -> str:
    """Return the URL of the page for a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def print_line(line: str, stream: TextIO) -> None:
    """Write a line and flush the stream."""
    stream.write(f"{line}\n")
    stream.flush()


def read_settings() -> Settings:
    """Return the settings of the environment and the options. `--version` and `--help` print and exit."""
    parser = argparse.ArgumentParser(prog="python -m app", description=Settings.__doc__)
    parser.add_argument("--version", action="version", version=f"backprop-playground {__version__}")
    options = CliSettingsSource[argparse.ArgumentParser](Settings, cli_parse_args=True, root_parser=parser)
    return Settings(_cli_settings_source=options)


def main() -> int:
    """Serve until a signal ends the process. Return the exit code."""
    if sys.platform == "win32":
        print_line(NO_WINDOWS, sys.stderr)
        return 1
    try:
        settings = read_settings()
        configure_logging(settings.log_level, "web")
        listener = open_listener(settings.host, settings.port, settings.silent_seconds)
        app = create_app(settings)
        app.state.store.open()
        for fault in app.state.exhibits.faults:
            print_line(str(fault), sys.stderr)
    except ValidationError as error:
        fields = (
            (SEPARATOR.join(map(str, field["loc"])).upper(), field["msg"].removeprefix("Value error, "))
            for field in error.errors()
        )
        errors = "; ".join(f"{name}: {reason}" for name, reason in fields)
        print_line(f"A setting is invalid: {errors}", sys.stderr)
        return 1
    except (ListenError, ExhibitError, StoreError) as error:
        print_line(str(error), sys.stderr)
        return 1
    tune_gc()
    Server(server_config(app, settings)).run(sockets=[listener])
    return 0


def server_config(app: FastAPI, settings: Settings) -> Config:
    """Return uvicorn's configuration. It raises this process's limit of open files."""
    return Config(
        app,
        max_connections=allow_open_files(settings.limits.connections),
        backlog=MAX_ACCEPTED_PER_TURN,
        http=Protocol,
        ws=SocketProtocol,
        ws_per_message_deflate=False,
        ws_max_size=settings.limits.body_bytes,
        ws_ping_interval=settings.silent_seconds / 2,
        ws_ping_timeout=settings.silent_seconds / 2,
        timeout_graceful_shutdown=SHUTDOWN_GRACE_SECONDS,
        log_config=None,
        log_level="warning",  # at "info", uvicorn logs whole paths, and paths contain ids
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    sys.exit(main())
