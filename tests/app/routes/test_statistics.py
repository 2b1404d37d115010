"""Layer statistics: they agree with the activations, gradients and metrics of the other routes."""

import numpy as np
import pytest

from tests.app.server import Service


def test_distributions_are_those_of_the_activations_and_gradients(service: Service):
    network = service.create(layers=[{"units": 3, "activation": "relu"}, {"units": 1}])
    network.steps(40)
    told = network.get("/distributions")
    gradients = network.get("/gradients")
    assert (told["step"], told["examples"], len(told["layers"])) == (40, 250, 2)
    for layer, gradient in zip(told["layers"], gradients["layers"], strict=True):
        flat = np.concatenate([np.ravel(gradient["dW"]), gradient["db"]])
        assert layer["gradient_norm"] == pytest.approx(np.linalg.norm(flat))
        units = len(gradient["db"])
        assert sum(layer["activations"]["counts"]) == sum(layer["deltas"]["counts"]) == 250 * units


def test_a_unit_that_answers_nothing_to_any_row_is_told_as_dead(service: Service):
    network = service.create(layers=[{"units": 2, "activation": "relu"}, {"units": 1}])
    layers = network.get("/parameters")["layers"]
    layers[0]["b"][1] = -1000.0
    network.send("PUT", "/parameters", {"layers": layers})
    assert network.get("/distributions")["layers"][0]["dead"] == [2]


def test_the_confusion_matrix_counts_every_row_and_its_diagonal_is_the_accuracy(service: Service):
    network = service.create(data={"name": "blobs"})
    network.steps(5, "epoch")
    told, state = network.get("/evaluation"), network.get()
    for part in ("train", "test"):
        matrix = np.array(told[part]["confusion"])
        assert matrix.shape == (3, 3)
        assert np.trace(matrix) / matrix.sum() == pytest.approx(state[part]["accuracy"])
        assert told[part]["pairs"] is None


def test_values_are_told_as_pairs_of_target_and_prediction(service: Service):
    network = service.create(data={"name": "reg-plane", "train_fraction": 1})
    told = network.get("/evaluation")
    pairs = np.array(told["train"]["pairs"])
    assert pairs.shape == (500, 2)
    assert told["test"] is None
    assert told["train"]["confusion"] is None
    assert told["train"]["r2"] == pytest.approx(network.get()["train"]["r2"])


def test_the_catalog_says_which_losses_need_classes(service: Service):
    needed = {entry["name"]: entry["classes"] for entry in service.http.get("/catalog").json()["losses"]}
    assert needed["half_squared_error"] == 0
    assert (needed["hinge"], needed["binary_cross_entropy"], needed["cross_entropy"]) == (2, 2, 3)
