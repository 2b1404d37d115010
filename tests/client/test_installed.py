"""The built client runs in a program that has packages `app` and `engine` of its own."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.app.server import Service
from tests.architecture.tree import ROOT

PROGRAM = """
import json, sys
address, *sys.path[len(sys.path):] = sys.argv[1:]
import app, engine
from backprop_playground import Client
with Client(address) as client:
    network = client.create_network({"data": {"name": "xor-table"}})
    step = client.step_network(network.id, 3).step
    frame = next(client.live(network.id))
    layers = [layer.W.shape for layer in frame.layers]
packages = sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names))
print(json.dumps([app.OWN, engine.OWN, step, frame.step, layers, packages]))
"""


@pytest.mark.slow
def test_the_wheel_works_beside_packages_named_app_and_engine(service: Service, tmp_path: Path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT / "client", check=True, capture_output=True, stdin=subprocess.DEVNULL)
    (wheel,) = tmp_path.glob("*.whl")
    for package in ("app", "engine"):
        (tmp_path / f"{package}.py").write_text("OWN = True\n", encoding="utf-8")
    # -I and -S leave out the checkout, to which the editable install would lead.
    path = [tmp_path, wheel, sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    program = [sys.executable, "-I", "-S", "-c", PROGRAM, service.address, *map(str, path)]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert not done.stderr
    *results, packages = json.loads(done.stdout)
    assert results == [True, True, 3, 3, [[4, 2], [2, 4], [1, 2]]]
    assert {"backprop_playground", "httpx", "numpy", "websockets"} <= set(packages)
    assert not {"fastapi", "pydantic", "starlette", "uvicorn"} & set(packages)
