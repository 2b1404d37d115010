"""Golden values of TensorFlow Playground, and the link that each of them is of."""

import json
from pathlib import Path
from typing import Any

GOLDEN = json.loads((Path(__file__).parent / "golden" / "tfplayground.json").read_text())


def golden_link(case: dict[str, Any]) -> str:
    data = "regDataset" if case["dataset"].startswith("reg") else "dataset"
    problem = "regression" if data == "regDataset" else "classification"
    shape = ",".join(map(str, case["networkShape"]))
    return (
        f"https://playground.tensorflow.org/#activation=tanh&batchSize={case['batchSize']}&{data}={case['dataset']}"
        f"&noise={case['noise']}&networkShape={shape}&seed={case['seed']}&percTrainData={case['percTrainData']}"
        f"&problem={problem}&x=true&y=true"
    )
