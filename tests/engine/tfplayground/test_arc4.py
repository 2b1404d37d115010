import json
from pathlib import Path

import numpy as np
import pytest

from engine.tfplayground.arc4 import ARC4

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "tfplayground.json").read_text())


def test_the_stream_of_a_known_seed_is_met_to_the_last_bit():
    assert ARC4("0.59704").random(5).tolist() == GOLDEN["rng_first5_for_seed_0_59704"]


@pytest.mark.parametrize(
    ("seed", "first"),
    [
        ("", [0.23144008215179881, 0.27404636548159655]),
        ("ö€𝄞", [0.4697779441673346, 0.3329633635551187]),
        ("x" * 700, [0.36471035744925107, 0.20939356610029328]),
        ("a" * 256 + "b", [0.837722394444308, 0.4221252904120186]),
    ],
    ids=["empty", "beyond ASCII", "longer than the key", "one character longer than the key"],
)
def test_odd_seeds_give_what_seedrandom_3_0_5_gives(seed, first):
    assert ARC4(seed).random(2).tolist() == first


def test_numbers_come_in_one_order_whatever_the_shape():
    one_by_one = ARC4("k")
    np.testing.assert_array_equal(
        ARC4("k").random((2, 3)).ravel(), [one_by_one.random(1)[0] for _ in range(6)]
    )


@pytest.mark.parametrize("seed", ["", "0", "hello", "ö€𝄞", "x" * 700])
def test_any_text_is_a_seed_and_gives_numbers_from_0_up_to_1(seed):
    numbers = ARC4(seed).random(2000)
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert np.mean(numbers) == pytest.approx(0.5, abs=0.03)


def test_seeds_that_differ_only_beyond_the_256th_character_give_different_numbers():
    assert ARC4("a" * 256 + "b").random(1) != ARC4("a" * 256 + "c").random(1)
