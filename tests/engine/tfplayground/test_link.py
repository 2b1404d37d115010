import json
from pathlib import Path

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.data.examples import Examples
from engine.data.features import compute
from engine.network import Architecture, LayerSpec
from engine.tfplayground.arc4 import ARC4
from engine.tfplayground.link import SEED, read_link
from engine.training.config import TrainingConfig
from engine.training.loop import train_epochs
from engine.training.run import TrainingRun

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "tfplayground.json").read_text())
EVERY_CASE = pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["dataset"])


def link_of(case):
    data, problem = (
        ("regDataset", "regression") if case["dataset"].startswith("reg") else ("dataset", "classification")
    )
    shape = ",".join(map(str, case["networkShape"]))
    return (
        f"https://playground.example/#seed={case['seed']}&problem={problem}&{data}={case['dataset']}"
        f"&noise={case['noise']}&networkShape={shape}&percTrainData={case['percTrainData']}"
    )


def losses(link):
    """Mean ½(output − label)² over the training and the test rows, at the start."""
    a = link.points.x
    *hidden, (W, b) = link.start
    for hidden_W, hidden_b in hidden:
        a = np.tanh(a @ hidden_W.T + hidden_b)
    output = ACTIVATIONS[link.output_activation].function(a @ W.T + b)
    loss = 0.5 * (output[:, 0] - link.points.labels) ** 2
    return [loss[: link.points.train_rows].mean(), loss[link.points.train_rows :].mean()]


@EVERY_CASE
def test_a_links_points_and_first_weights_are_the_pages_to_the_last_bit(case):
    link = read_link(link_of(case))
    first = np.column_stack([link.points.x, link.points.labels])[:3]
    np.testing.assert_array_equal(first, case["first_train_points"])
    np.testing.assert_array_equal(link.start[0][0], case["first_layer_w0"])


@EVERY_CASE
def test_a_links_losses_at_the_start_are_the_pages(case):
    assert losses(read_link(link_of(case))) == pytest.approx(case["loss0"], rel=1e-12)


@EVERY_CASE
def test_a_links_network_learns_as_on_the_page(case):
    link = read_link(link_of(case))
    layers = (
        *(LayerSpec(units, link.activation) for units in link.hidden),
        LayerSpec(1, link.output_activation),
    )
    config = TrainingConfig(
        Architecture(len(link.features), layers),
        learning_rate=link.learning_rate,
        batch_size=link.batch_size,
        shuffle=False,
    )
    x, y = compute(link.features, link.points.x), link.points.labels[:, np.newaxis]
    theta = np.concatenate([np.column_stack([b, W]).ravel() for W, b in link.start])
    run = TrainingRun(config, Examples(x, y, link.points.train_rows), theta)
    for epoch, expected in case["loss_at_epoch"].items():
        train_epochs(run, int(epoch) - run.epoch)
        metrics = run.metrics()
        assert metrics.test is not None
        assert (metrics.train.loss, metrics.test.loss) == pytest.approx(expected, abs=5.1e-7)


def test_a_link_without_settings_is_the_page_as_it_opens():
    link = read_link("https://playground.example/")
    assert (link.dataset, link.noise, link.train_fraction, link.points.train_rows) == ("circle", 0, 0.5, 250)
    assert (link.features, link.hidden) == (("x1", "x2"), (4, 2))
    assert (link.activation, link.output_activation) == ("tanh", "tanh")
    assert (link.learning_rate, link.batch_size) == (0.03, 10)
    assert (link.penalty, link.penalty_rate) == ("none", 0)
    assert [W.shape for W, _ in link.start] == [(4, 2), (2, 4), (1, 2)]
    assert all((b == 0.1).all() for _, b in link.start)
    assert link.seed == SEED
    assert link.notes == (f"The link has no seed; TensorFlow Playground would draw one. Here it is {SEED}.",)


def test_every_setting_of_a_link_is_read():
    link = read_link(
        "#activation=relu&regularization=L1&batchSize=24&dataset=spiral&regDataset=reg-gauss&learningRate=0.003"
        "&regularizationRate=0.1&noise=25&networkShape=3,5&seed=0.1&showTestData=true&discretize=true"
        "&percTrainData=80&x=false&y=true&xTimesY=true&sinX=true&problem=regression&initZero=false"
    )
    assert (link.dataset, link.noise, link.train_fraction) == ("reg-gauss", 0.25, 0.8)
    assert link.features == ("x2", "x1*x2", "sin(x1)")
    assert (link.hidden, link.activation, link.output_activation) == ((3, 5), "relu", "linear")
    assert (link.learning_rate, link.batch_size) == (0.003, 24)
    assert (link.penalty, link.penalty_rate) == ("l1", 0.1)
    assert (len(link.points.x), link.points.train_rows) == (1200, 960)
    assert not link.notes


def test_the_part_behind_the_hash_alone_is_enough():
    assert read_link("seed=0.3&dataset=xor").dataset == "xor"


def test_features_keep_the_pages_order_whatever_the_links():
    assert read_link("seed=1&sinY=true&ySquared=true&x=true&cosX=true").features == (
        "x1",
        "x2",
        "x2^2",
        "sin(x2)",
    )


def test_a_hidden_input_is_no_input():
    assert read_link("seed=1&x_hide=true&xSquared=true").features == ("x2", "x1^2")
    assert read_link("seed=1&x_hide=false").features == ("x1", "x2")


def test_a_link_without_inputs_is_refused():
    with pytest.raises(ValueError, match="turns off every input"):
        read_link("seed=1&x=false&y=false")


def test_an_empty_network_shape_is_a_network_without_hidden_layers():
    link = read_link("seed=1&networkShape=")
    assert link.hidden == ()
    assert [W.shape for W, _ in link.start] == [(1, 2)]


def test_init_zero_makes_every_parameter_0():
    link = read_link("seed=1&initZero=true")
    assert link.zero_start
    assert all((W == 0).all() and (b == 0).all() for W, b in link.start)
    assert not any(np.signbit(W).any() for W, _ in link.start)


@pytest.mark.parametrize(
    ("noise", "share"), [("50", 0.5), ("51", 0.51), ("80", 0.8), ("81", 0.5), ("-5", 0), ("12.5", 0.125)]
)
def test_noise_is_clamped_as_the_page_does(noise, share):
    assert read_link(f"seed=1&noise={noise}").noise == share


@pytest.mark.parametrize(
    ("settings", "field", "default", "note"),
    [
        ("activation=elu", "activation", "tanh", "activation=elu is none of tanh, relu, sigmoid, linear;"),
        ("dataset=reg-plane", "dataset", "circle", "dataset=reg-plane is none of circle, xor, gauss, spiral"),
        ("regularization=l2", "penalty", "none", "regularization=l2 is none of none, L1, L2; none is used."),
        ("learningRate=fast", "learning_rate", 0.03, "learningRate=fast cannot be used; 0.03 is used."),
        ("learningRate=0", "learning_rate", 0.03, "learningRate=0 cannot be used"),
        ("learningRate=1e999", "learning_rate", 0.03, "learningRate=1e999 cannot be used"),
        ("batchSize=2.5", "batch_size", 10, "batchSize=2.5 cannot be used; 10 is used."),
        ("batchSize=0", "batch_size", 10, "batchSize=0 cannot be used"),
        ("percTrainData=0", "train_fraction", 0.5, "percTrainData=0 cannot be used; 50 is used."),
        ("regularizationRate=-1", "penalty_rate", 0, "regularizationRate=-1 cannot be used"),
        ("networkShape=4,x", "hidden", (4, 2), "networkShape=4,x is not a list of sizes; 4,2 is used."),
        ("networkShape=0", "hidden", (4, 2), "networkShape=0 is not a list of sizes"),
        ("networkShape=1.5", "hidden", (4, 2), "networkShape=1.5 is not a list of sizes"),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_leaves_the_default_and_a_note(settings, field, default, note):
    link = read_link("seed=1&" + settings)
    assert getattr(link, field) == default
    assert link.notes[0].startswith(note)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("learningRate=", False),
        ("learningRate", False),
        ("cosX=false", False),
        ("collectStats=true", True),
        ("unknown=1", True),
    ],
)
def test_what_has_no_effect_on_the_page_has_none_here_and_is_named_where_it_says_something(settings, named):
    link = read_link("seed=1&" + settings)
    assert link.learning_rate == 0.03
    assert link.notes == (
        (f"These settings have no effect on the network: {settings.split('=')[0]}.",) if named else ()
    )


def test_the_last_of_two_equal_keys_counts():
    assert read_link("seed=1&dataset=xor&dataset=gauss").dataset == "gauss"


def test_a_link_that_a_messenger_has_escaped_is_read_all_the_same():
    assert read_link("#seed=1&networkShape=3%2C2").hidden == (3, 2)
    assert read_link("#seed%3D1%26networkShape%3D3%2C2").hidden == (3, 2)


def test_a_seed_counts_as_it_stands_in_the_address():
    assert read_link("#seed=hello%20world&dataset=xor").seed == "hello%20world"


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        (
            "percTrainData=50&batchSize=30",
            "The last 10 training points of an epoch do not fill a batch of 30.",
        ),
        ("percTrainData=10&batchSize=60", "A batch of 60 is never full with 50 training points"),
        ("noise=60", "The points have a noise of 60, which is more than can be set here"),
        ("playButton_hide=true&x_hide=false", "The link hides controls (playButton)"),
    ],
)
def test_what_cannot_be_the_same_is_said(settings, note):
    (only,) = read_link("seed=1&" + settings).notes
    assert only.startswith(note)


@pytest.mark.parametrize("shape", ["65", ",".join(["1"] * 11), "1" * 300])
def test_a_network_too_large_is_refused_before_anything_is_drawn(shape):
    with pytest.raises(ValueError, match="at most 10 layers of at most 64 units") as caught:
        read_link(f"seed=1&networkShape={shape}")
    assert len(str(caught.value)) < 600


def test_the_stream_goes_on_from_points_to_split_to_weights_without_a_gap():
    link = read_link("seed=0.7&dataset=spiral")
    drawn = ARC4("0.7").random(2 * 500 + 500 + 8 + 8 + 2)
    np.testing.assert_array_equal(link.start[-1][0].ravel(), drawn[-2:] - 0.5)


def test_reading_the_same_link_twice_gives_the_same_network():
    first, again = read_link("seed=0.7&noise=20"), read_link("seed=0.7&noise=20")
    np.testing.assert_array_equal(first.points.x, again.points.x)
    np.testing.assert_array_equal(first.start[1][0], again.start[1][0])


@pytest.mark.parametrize("text", ["hello", "https://example.org/#about", "a=1&b=2", "{}"])
def test_a_text_that_is_no_such_link_is_refused(text):
    with pytest.raises(ValueError, match="a TensorFlow Playground link has settings after its #, found"):
        read_link(text)


def test_a_text_too_long_for_a_link_is_refused():
    with pytest.raises(ValueError, match="at most 2,000 characters, got 3,007"):
        read_link("#seed=1" + "0" * 3000)
