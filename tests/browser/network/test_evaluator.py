"""What the browser computes for its pictures is what the engine computes."""

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.schedules import SCHEDULES
from tests.browser.playground import Json, Playground

FINE = 1e-5
RESOLUTION = 40

EVERY_ACTIVATION = """async (z) => {
  const { activations, applications } = await import('/evaluator.js');
  return Object.fromEntries(Object.keys(activations).map((name) => {
    const values = Float64Array.from(z);
    applications[name](values, 0, values.length);
    return [name, { single: z.map(activations[name]), range: Array.from(values) }];
  }));
}"""

EVERY_UNIT = """async ([state, layers, side]) => {
  const evaluator = await import('/evaluator.js');
  const { createGridCache } = await import('/static/js/lib/render/compute/gridCache.js');
  const { predict } = await import('/static/js/lib/render/compute/forward.js');
  const theta = Float32Array.from(layers.flatMap(({ W, b }) => W.flatMap((row, unit) => [b[unit], ...row])));
  const scene = { inputs: state.features.map(({ nodes }) => nodes), offers: [], layers: state.spec.layers,
                  plane: state.plane, standardization: state.standardization };
  const activations = createGridCache(scene, evaluator).activationsOf(theta, side);
  const kind = { binary_cross_entropy: 'sigmoid', cross_entropy: 'softmax' }[state.spec.loss] ?? 'identity';
  const said = predict(activations.at(-1), kind, side * side);
  return { activations: activations.map((values) => Array.from(values)), said: Array.from(said) };
}"""

NETWORKS: dict[str, Json] = {
    "default": {},
    "every input": {
        "features": ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"],
        "layers": [{"units": 8}, {"units": 8}, {}],
    },
    "a formula of one's own": {
        "features": ["x1", "max(x2, -1) / (1 + exp(-x1))"],
        "layers": [{"units": 3, "activation": "gelu"}, {}],
    },
    "standardized": {
        "data": {"name": "spiral", "standardize": True},
        "layers": [{"units": 5, "activation": "selu"}, {}],
    },
    "logits": {"loss": "binary_cross_entropy", "layers": [{"units": 4, "activation": "sigmoid"}, {}]},
    "regression": {"data": {"name": "reg-gauss"}, "layers": [{"units": 6, "activation": "mish"}, {}]},
}


EVERY_SCHEDULE = """async ([parameters, moments]) => {
  const { schedules } = await import('/evaluator.js');
  return Object.fromEntries(Object.entries(schedules).map(([name, factor]) =>
    [name, moments.map(([step, epoch]) => factor(step, epoch, parameters[name]))]));
}"""


def test_every_schedule_is_the_same_in_the_browser(playground: Playground):
    moments = [(25 * epoch + 3, epoch) for epoch in (0, 1, 3, 60, 100, 199, 499, 800)]
    playground.make({})
    parameters = {name: entry.parameters for name, entry in SCHEDULES.items()}
    found = playground.page.evaluate(EVERY_SCHEDULE, [parameters, moments])
    assert found.keys() == SCHEDULES.keys()
    for name, entry in SCHEDULES.items():
        np.testing.assert_allclose(found[name], [entry.factor(*moment) for moment in moments], err_msg=name)


def test_every_activation_is_the_same_in_the_browser(playground: Playground):
    z = np.linspace(-8, 8, 97)
    playground.make({})
    found = playground.page.evaluate(EVERY_ACTIVATION, z.tolist())
    assert set(found) == set(ACTIVATIONS)
    for name, entry in ACTIVATIONS.items():
        np.testing.assert_allclose(found[name]["single"], entry.function(z), atol=FINE, err_msg=name)
        np.testing.assert_allclose(found[name]["range"], entry.function(z), atol=FINE, err_msg=name)


@pytest.mark.parametrize("spec", NETWORKS.values(), ids=NETWORKS)
def test_every_unit_and_the_boundary_are_the_same_in_the_browser(playground: Playground, spec):
    playground.make(spec)
    state = playground.post("steps", {"count": 200})
    layers = playground.layers()
    found = playground.page.evaluate(EVERY_UNIT, [state, layers, RESOLUTION])
    boundary = np.array(playground.get("boundary", resolution=RESOLUTION)["values"]).ravel()
    said = np.array(found["said"])
    np.testing.assert_allclose(2 * said - 1 if spec.get("loss") else said, boundary, atol=FINE)
    for layer, values in enumerate(found["activations"]):
        unit = np.array(
            playground.get("boundary", resolution=RESOLUTION, unit=f"{layer + 2},1")["values"]
        ).ravel()
        np.testing.assert_allclose(
            np.array(values)[: RESOLUTION**2], unit, atol=FINE, err_msg=f"layer {layer + 2}"
        )


def test_three_classes_are_told_apart_as_the_engine_does(playground: Playground):
    playground.make({"data": {"name": "blobs"}, "layers": [{"units": 4}, {}]})
    state = playground.post("steps", {"count": 300})
    found = playground.page.evaluate(EVERY_UNIT, [state, playground.layers(), RESOLUTION])
    said = np.array(found["said"]).reshape(3, -1)
    boundary = np.array(playground.get("boundary", resolution=RESOLUTION)["values"]).ravel()
    agreeing = np.argmax(said, axis=0) == boundary
    assert agreeing.mean() > 0.999, "but for points where two classes are as good as equal"
