"""Networks: one flat vector, with views into it."""

import numpy as np
import pytest

from engine.network import Architecture, LayerSpec, Network, blocks, weight_mask
from tests.engine.strategies import architecture, network


def test_parameters_lie_layer_by_layer_unit_by_unit_with_the_bias_first():
    net = Network(architecture(2, 3, 1), np.arange(13.0))
    np.testing.assert_array_equal(net.layers[0].b, [0, 3, 6])
    np.testing.assert_array_equal(net.layers[0].W, [[1, 2], [4, 5], [7, 8]])
    np.testing.assert_array_equal(net.layers[1].b, [9])
    np.testing.assert_array_equal(net.layers[1].W, [[10, 11, 12]])


def test_writing_into_a_weight_changes_the_flat_vector_and_the_other_way_round():
    net = Network(architecture(2, 3, 1))
    net.layers[0].W[1, 0] = 5
    net.theta[9] = 7
    assert net.theta[4] == 5
    assert net.layers[1].b[0] == 7


def test_stacked_networks_have_their_views_behind_the_leading_axis():
    net = network(architecture(2, 3, 1), 0, 5)
    assert net.layers[0].W.shape == (5, 3, 2)
    assert net.layers[1].b.shape == (5, 1)
    assert all(np.shares_memory(block, net.theta) for block in blocks(net.architecture, net.theta))


def test_names_count_as_on_the_slides():
    assert Network(architecture(2, 2, 1)).parameter_names() == [
        "w_10^(1)", "w_11^(1)", "w_12^(1)", "w_20^(1)", "w_21^(1)", "w_22^(1)",
        "w_10^(2)", "w_11^(2)", "w_12^(2)",
    ]  # fmt: skip


def test_the_mask_of_weights_leaves_out_the_biases():
    np.testing.assert_array_equal(weight_mask(architecture(2, 2, 1)), [0, 1, 1, 0, 1, 1, 0, 1, 1])


def test_a_shape_knows_its_outputs_and_parameters():
    shape = architecture(7, 8, 8, 8, 1)
    assert shape.outputs == 1
    assert shape.parameter_count == Network(shape).theta.size == 8 * 8 + 9 * 8 + 9 * 8 + 9


def test_a_vector_of_the_wrong_length_is_refused_with_both_lengths():
    with pytest.raises(ValueError, match=r"theta has shape \(12,\).* 13 parameters"):
        Network(architecture(2, 3, 1), np.zeros(12))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: LayerSpec(0), "at least 1 unit, got 0"),
        (lambda: LayerSpec(2, "tann"), r"no activation is called 'tann'; use one of these: .*tanh"),
        (lambda: LayerSpec(2, dropout=1.0), "at least 0 and below 1, got 1.0"),
        (lambda: Architecture(0, (LayerSpec(1),)), "at least 1 input, got 0"),
        (lambda: Architecture(2, ()), "at least one layer, its output layer"),
    ],
)
def test_a_shape_that_cannot_be_says_what_was_given_and_what_is_needed(build, message):
    with pytest.raises(ValueError, match=message):
        build()
