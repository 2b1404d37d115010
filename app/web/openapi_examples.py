"""Example bodies for the OpenAPI document."""

from fastapi.openapi.models import Example

SPECS: dict[str, Example] = {
    "own points": Example(
        summary="XOR on four points",
        value={
            "seed": 7,
            "data": {"points": [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]},
            "layers": [{"units": 2}, {"units": 1}],
            "optimizer": {"name": "adam", "learning_rate": 0.1},
        },
    ),
    "default": Example(summary="2-4-2-1, tanh, on circle", value={}),
    "worked example": Example(
        summary="One example, two outputs, start given, biases frozen",
        value={
            "data": {"inputs": [[0.05, 0.1]], "targets": [[0.01, 0.99]]},
            "layers": [{"units": 2, "activation": "sigmoid"}, {"units": 2, "activation": "sigmoid"}],
            "parameters": [
                {"W": [[0.15, 0.2], [0.25, 0.3]], "b": [0.35, 0.35]},
                {"W": [[0.4, 0.45], [0.5, 0.55]], "b": [0.6, 0.6]},
            ],
            "frozen": [{"b": True}, {"b": True}],
            "optimizer": {"learning_rate": 0.5},
        },
    ),
}

PATCHES: dict[str, Example] = {
    "rate": Example(summary="A smaller rate", value={"optimizer": {"learning_rate": 0.01}}),
    "data": Example(summary="Other data", value={"data": {"name": "spiral", "noise": 0.1}}),
    "layers": Example(
        summary="Other layers", value={"layers": [{"units": 8, "activation": "relu"}, {"units": 1}]}
    ),
}
