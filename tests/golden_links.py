"""Golden values of TensorFlow Playground with the link of each, and shared links with their losses."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"
GOLDEN = json.loads((FOLDER / "tfplayground.json").read_text())
SHARED = json.loads((FOLDER / "tfplayground_links.json").read_text())["links"]


def golden_link(case: dict[str, Any]) -> str:
    data = "regDataset" if case["dataset"].startswith("reg") else "dataset"
    problem = "regression" if data == "regDataset" else "classification"
    shape = ",".join(map(str, case["networkShape"]))
    return (
        f"https://playground.tensorflow.org/#activation=tanh&batchSize={case['batchSize']}&{data}={case['dataset']}"
        f"&noise={case['noise']}&networkShape={shape}&seed={case['seed']}&percTrainData={case['percTrainData']}"
        f"&problem={problem}&x=true&y=true"
    )
