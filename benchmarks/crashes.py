"""Crash test of the whole server: `python -m benchmarks.crashes --rounds 100`.

Every round starts a server on the same folder. Twenty networks play, while scripts send commands to some
of them and step others. The round kills the whole process group at a random moment, and compares the
database with the answers of the server.
"""

import argparse
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import httpx

from app.services.storage.data_dir import FILE
from app.trainer.persistence.codec import decode

PLAYING = 20
COMMANDED = 5
STEPPED = 4
STRIDE = 3
PACE = 30
READY_WITHIN, LOST_AT_MOST = 3.0, 2.0


@dataclass
class Account:
    """State that the server confirmed. rates: of playing networks. steps: of stepped networks."""

    rates: dict[str, int] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    playing: list[str] = field(default_factory=list)
    answers: int = 0


@dataclass
class Report:
    """Result of all rounds. ready, lost: seconds, one number per round. wrong: errors found."""

    ready: list[float] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)
    answers: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        ready, lost = sorted(self.ready), sorted(self.lost)
        lines = [f"{len(lost)} times killed with kill -9, {self.answers:,} commands answered before"]
        for what, seconds, limit in (
            ("ready again", ready, READY_WITHIN),
            ("training lost", lost, LOST_AT_MOST),
        ):
            median, longest = seconds[len(seconds) // 2], seconds[-1]
            lines.append(f"{what:14} median {median:.2f} s, longest {longest:.2f} s (at most {limit:g} s)")
        return "\n".join([*lines, f"wrong          {len(self.wrong)}", *self.wrong[:20]])


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, httpx.Client]]:
    """Start a server in its own process group, and yield its process id and a client of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app"],
        env={**os.environ, "PORT": "0", "DATA": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        address = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")
        if address is None:
            raise RuntimeError("the server did not start")
        with httpx.Client(base_url=f"{address.group()}api/v1", timeout=30, trust_env=False) as client:
            yield process.pid, client
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=10)


def populate(client: httpx.Client, account: Account) -> None:
    """Create the networks of all rounds."""
    for number in range(PLAYING + STEPPED):
        network = client.post("/networks", json={"seed": number}).raise_for_status().json()["id"]
        if number >= PLAYING:
            account.steps[network] = 0
            continue
        account.playing.append(network)
        play = {"epochs_per_second": PACE, "until": {"epoch": 1_000_000_000}}
        client.post(f"/networks/{network}/play", json=play).raise_for_status()
        if number < COMMANDED:
            account.rates[network] = 0


def command(address: httpx.URL, account: Account, network: str, end: Event) -> None:
    """Change a network again and again until `end`, and count the confirmed changes."""
    rates, steps = account.rates, account.steps
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        while not end.is_set():
            try:
                if network in rates:
                    change = {"optimizer": {"learning_rate": (rates[network] + 1) * 1e-6}}
                    client.patch(f"/networks/{network}", json=change).raise_for_status()
                    rates[network] += 1
                else:
                    body = {"count": STRIDE}
                    client.post(f"/networks/{network}/steps", json=body).raise_for_status()
                    steps[network] += STRIDE
                account.answers += 1
            except httpx.HTTPError:
                return


def seconds_trained(client: httpx.Client, network: str) -> float:
    """Return a network's seconds of training at its pace, minus the clock; constant while it plays."""
    epoch: int = client.get(f"/networks/{network}").raise_for_status().json()["epoch"]
    return epoch / PACE - monotonic()


def verify(folder: Path, account: Account, trained: dict[str, float], report: Report) -> None:
    """Compare the database with the account, and set the account to the state of the database.

    trained: the seconds of training, at its pace, that each network had when the server was killed.
    """
    with closing(sqlite3.connect(folder / FILE)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            report.wrong.append(f"integrity: {verdict}")
        setups = dict(connection.execute("SELECT network, body FROM setups"))
        progress = dict(connection.execute("SELECT network, body FROM progress"))
    for network, rate in account.rates.items():
        given = decode(setups[network])["given"].get("optimizer", {"learning_rate": 0})
        saved = round(given["learning_rate"] * 1e6)
        # One more is allowed: the server was killed after the commit and before the answer.
        if saved - rate not in (0, 1):
            report.wrong.append(f"rate {rate} was answered, {saved} is saved")
        account.rates[network] = saved
    for network, step in account.steps.items():
        saved = decode(progress[network])["run"]["step"]
        if saved - step not in (0, STRIDE):
            report.wrong.append(f"step {step} was answered, {saved} is saved")
        account.steps[network] = saved
    report.wrong += [
        "a network does not play" for name in account.playing if not decode(progress[name])["played"]
    ]
    saved = {network: decode(progress[network])["run"]["epoch"] / PACE for network in account.playing}
    report.lost.append(max(trained[network] - saved[network] for network in account.playing))


def crash(folder: Path, account: Account, report: Report, rng: random.Random) -> None:
    """Start a server, kill it after a random time, and verify its database."""
    begun = monotonic()
    with server(folder) as (process, client):
        if not account.playing:
            populate(client, account)
        for network in account.playing:
            if not client.get(f"/networks/{network}").raise_for_status().json()["playing"]:
                report.wrong.append("a network does not play on")
        report.ready.append(monotonic() - begun)
        end = Event()
        threads = [
            Thread(target=command, args=(client.base_url, account, network, end))
            for network in (*account.rates, *account.steps)
        ]
        for thread in threads:
            thread.start()
        end.wait(rng.uniform(0.3, 4.0))
        trained = {network: seconds_trained(client, network) for network in account.playing}
        os.killpg(process, signal.SIGKILL)
        killed = monotonic()
        for thread in threads:
            thread.join()
    verify(folder, account, {name: seconds + killed for name, seconds in trained.items()}, report)


def crashes(rounds: int, folder: Path, log: Callable[[str], object] = lambda _: None) -> Report:
    """Kill the server `rounds` times. log: called with a line for each round."""
    account, report, rng = Account(), Report(), random.Random(1)
    for number in range(rounds):
        crash(folder, account, report, rng)
        log(f"{number + 1}: ready {report.ready[-1]:.2f} s, lost {report.lost[-1]:.2f} s")
    report.ready = report.ready[1:] or report.ready  # the first round also created the networks
    report.answers = account.answers
    return report


def main() -> int:
    """Print the report and return 1 if it has errors or exceeds a limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    with tempfile.TemporaryDirectory() as folder:
        report = crashes(parser.parse_args().rounds, Path(folder), print)
    print(report)
    late = max(report.ready) > READY_WITHIN or max(report.lost) > LOST_AT_MOST
    return 1 if report.wrong or late else 0


if __name__ == "__main__":
    sys.exit(main())
