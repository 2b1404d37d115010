"""ConvNetJS on node, in its own process that trains a lap per message; npm installs it on first use."""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.speed.workload import RATE, Problem
from engine.network import blocks
from engine.types import Array

HERE = Path(__file__).parent
CACHE = HERE / ".npm_cache"
VERSION = "0.3.0"


class ConvNet:
    networks = 1

    def __init__(self, problem: Problem) -> None:
        command = ["node", str(HERE / "convnet.mjs"), str(_library())]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        start = blocks(problem.architecture, problem.start())
        self._send(
            {
                "sizes": problem.sizes, "batch": problem.batch, "rate": RATE,
                "order": problem.order.ravel().tolist(), "x": problem.x.tolist(), "y": problem.y.tolist(),
                "blocks": [block.tolist() for block in start],
            }
        )  # fmt: skip

    def _send(self, message: Any) -> None:
        assert self.process.stdin
        text = message if isinstance(message, str) else json.dumps(message)
        self.process.stdin.write(f"{text}\n")
        self.process.stdin.flush()

    def _request(self, message: str) -> Any:
        self._send(message)
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def lap(self) -> None:
        self._request("lap")

    def theta(self) -> Array:
        return np.array(self._request("theta"))

    def close(self) -> None:
        self.process.communicate()


def _library() -> Path:
    """Install ConvNetJS into a folder that git ignores, and return the path of its script."""
    library = CACHE / "node_modules" / "convnetjs" / "build" / "convnet.js"
    if not library.exists():
        CACHE.mkdir(exist_ok=True)
        (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
        package = f"convnetjs@{VERSION}"
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE), package],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return library.resolve()
