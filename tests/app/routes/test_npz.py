"""NumPy archives come in as networks; whatever else calls itself one is refused before it is unpacked."""

import io
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from app.domain.exceptions import InvalidRequest
from app.services.uploads.npz_reader import read_spec
from backprop_playground import Client, ProblemError


@pytest.fixture
def client(service) -> Iterator[Client]:
    with Client(service.address) as client:
        yield client


def archive(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def test_arrays_alone_are_a_network_too(client):
    network = client.create_network(
        archive(W1=np.ones((3, 2)), b1=np.zeros(3), W2=np.ones((1, 3)), b2=np.ones(1))
    )
    assert [layer.units for layer in network.spec.layers] == [3, 1]
    np.testing.assert_array_equal(client.get_parameters(network.id)[1].W, np.ones((1, 3)))


def lying(shape: str, dtype: str = "'<f8'") -> bytes:
    """An archive whose W1 says that it is of this shape, and has eight bytes."""
    return headed(f"{{'descr': {dtype}, 'fortran_order': False, 'shape': {shape}}}")


def headed(told: str) -> bytes:
    """An archive whose W1 has this header, and eight bytes."""
    header = told.encode().ljust(117) + b"\n"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("W1.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(8))
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("W1.npy", bytes(50_000_000))
    return file.getvalue()


def doubled() -> bytes:
    """An archive with W1 twice."""
    file = io.BytesIO(archive(W1=np.ones((1, 2)), b1=np.zeros(1)))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "a") as parts:
        parts.writestr("W1.npy", parts.read("W1.npy"))
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"PK\x03\x04 and nothing more", "not a NumPy archive"),
        (archive(W1=np.array([[object()]])), "Python objects"),
        (archive(W1=np.ones((1, 2))), "W1, b1"),
        (archive(W1=np.ones((1, 2)), b1=np.ones((1, 1))), "b1"),
        (archive(W1=np.full((1, 2), np.nan), b1=np.zeros(1)), "finite"),
        (archive(W1=np.ones((1, 5)), b1=np.zeros(1)), "2 inputs"),
        (archive(W1=np.ones((1, 2)), b1=np.zeros(1), spec=np.bytes_(b"{")), "spec"),
        (archive(W1=np.ones((1, 2)), b1=np.zeros(1), spec=np.ones(3)), "spec"),
        (lying("(1000000000, 1000000)"), "8 bytes? follow|8 follow"),
        (lying("(-1, -1)"), "follow"),
        (bomb(), "unpacked archive has more than"),
        (doubled(), "twice"),
        (archive(W1=np.empty((90_000, 0)), b1=np.zeros(1)), r"W1.npy declares \(90000, 0\)"),
        (archive(W1=np.zeros((1, 300_000), np.int8), b1=np.zeros(1)), "300,001 numbers"),
        (archive(W1=np.ones((1, 2), complex), b1=np.zeros(1)), "W1 is complex128"),
        (archive(W1=np.array([["1", "2"]]), b1=np.zeros(1)), "W1 is <U1"),
        (
            archive(W1=np.ones((1, 2)), b1=np.zeros(1), **{"../b1": np.zeros(1)}),
            "no others, but it contains ../b1",
        ),
        (headed("{"), "plain arrays"),
        (headed("[" * 100), "plain arrays"),
        (headed("{}"), "plain arrays"),
        (lying("(1,)", "()"), "plain arrays"),
        (lying("(1,)", "'f8,('"), "plain arrays"),
        (lying("(1,)", "[('a', '<f8')]"), "plain arrays"),
        (lying("'1'"), "plain arrays"),
        (lying("(True, 1)"), "plain arrays"),
    ],
    ids=[
        "cut off",
        "pickle",
        "no b",
        "b of two axes",
        "NaN",
        "inputs",
        "no JSON",
        "no text",
        "huge",
        "less than none",
        "bomb",
        "W1 twice",
        "rows without numbers",
        "small numbers, but many",
        "complex",
        "words",
        "a path",
        "a header that is no Python",
        "a header of brackets",
        "a header that says nothing",
        "a type that is a tuple",
        "a type that is no type",
        "a type of fields",
        "a shape that is a word",
        "a shape of truths",
    ],
)
def test_an_archive_that_is_none_is_refused_with_a_reason(client, body, words):
    with pytest.raises(ProblemError, match=words) as refusal:
        client.create_network(body)
    assert refusal.value.status == 422


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_is_larger_than_it_says_is_not_unpacked(packing):
    size, said = 60_000_000, 1000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as parts:
        parts.writestr("W1.npy", bytes(size))
    body = file.getvalue().replace(struct.pack("<I", size), struct.pack("<I", said))
    tracemalloc.start()
    with pytest.raises(InvalidRequest):
        read_spec(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_a_directory_of_very_many_parts_is_not_made_into_objects():
    parts, entry = 30_000, b"PK\x01\x02" + bytes(42)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, parts, parts, parts * len(entry), 0, 0)
    tracemalloc.start()
    with pytest.raises(InvalidRequest, match="30,000 arrays, but at most 64"):
        read_spec(entry * parts + end)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4_000_000


def test_arrays_of_any_numbers_in_any_order_are_read(client):
    W = np.arange(6.0).reshape(3, 2)
    arrays = archive(W1=np.asfortranarray(W, np.float32), b1=np.ones(3, ">f8"), W2=[[1, 2, 3]], b2=[0])
    network = client.create_network(arrays)
    np.testing.assert_array_equal(client.get_parameters(network.id)[0].W, W)


def test_a_damaged_archive_is_refused_or_read_but_never_a_fault():
    whole = archive(W1=np.ones((1, 2)), b1=np.zeros(1), spec=np.bytes_(b"{}"))
    packed = io.BytesIO()
    np.savez_compressed(packed, W1=np.ones((1, 2)), b1=np.zeros(1))
    rng = np.random.default_rng(5)
    refused = 0
    for body in (whole, packed.getvalue()):
        for _ in range(1500):
            damaged = bytearray(body)
            for place in rng.integers(0, len(body), rng.integers(1, 4)):
                damaged[place] = rng.integers(256)
            try:
                spec = read_spec(bytes(damaged[: rng.integers(len(body) // 2, 2 * len(body))]))
            except InvalidRequest:
                refused += 1
            else:
                assert "parameters" in spec
    assert refused > 1000
