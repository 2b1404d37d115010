"""The JSON decoder: numbers, arrays, further keys, and a named field for whatever does not fit."""

import re
from dataclasses import asdict

import httpx
import numpy as np
import pytest

from backprop_playground.decoding import decode
from backprop_playground.exceptions import ProblemError
from backprop_playground.models.network import Data, HistoryRow
from backprop_playground.models.service import ActivationCurve, Health
from backprop_playground.models.spec import ResolvedOptimizer

ROW = {"epoch": 1, "step": 4, "train": {"loss": 1, "accuracy": None, "r2": 0.5}, "test": None}
OPTIMIZER = {"name": "sgd", "learning_rate": 0.1, "schedule": {"name": "constant"}, "clip_norm": None}


def test_objects_are_nested_and_a_whole_number_is_a_float_where_one_is_declared():
    row = decode(HistoryRow, ROW)
    assert asdict(row) == ROW
    assert isinstance(row.train.loss, float)


def test_null_in_an_array_is_not_a_number():
    curve = decode(ActivationCurve, {"name": "tanh", "z": [0, None], "a": [0.5, 1], "slope": []})
    np.testing.assert_array_equal(curve.z, [0, np.nan])
    assert curve.slope.dtype == np.float64


def test_keys_of_a_registry_entry_without_a_field_are_its_hyperparameters():
    optimizer = decode(ResolvedOptimizer, {**OPTIMIZER, "momentum": 0.9})
    assert optimizer.hyperparameters == {"momentum": 0.9}
    assert optimizer.schedule.hyperparameters == {}


def test_a_key_of_a_newer_service_is_ignored():
    assert decode(Health, {"status": "ok", "version": "9", "more": 1}).version == "9"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Health, [], "response is '[]', but dict is needed"),
        (Health, {"status": "ok"}, "response.version is missing"),
        (HistoryRow, {**ROW, "train": 3}, "response.train is '3', but dict is needed"),
        (HistoryRow, {**ROW, "step": "4"}, "response.step is '4', but int is needed"),
        (HistoryRow, {**ROW, "train": {"loss": "1"}}, "response.train.loss is '1', but float is needed"),
        (ActivationCurve, {"name": "tanh", "z": 1}, "response.z is '1', but list is needed"),
        (Data, {"task": "regression", "classes": 0, "inputs": ["a", 2]}, "response.inputs.1 is '2'"),
    ],
)
def test_a_response_that_does_not_fit_names_the_field(kind, value, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        decode(kind, value)


@pytest.mark.parametrize("body", [b"<h1>Bad Gateway</h1>", b'{"message": "no upstream"}', b"[1]", b"\xff"])
def test_the_page_of_a_proxy_is_a_problem_with_its_text(body):
    problem = ProblemError.of(httpx.Response(502, content=body))
    assert (problem.status, problem.title, problem.type) == (502, "Bad Gateway", "about:blank")
    assert problem.detail == httpx.Response(502, content=body).text
