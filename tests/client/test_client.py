"""The Python client: every operation, five lines for XOR, arrays, refusals and live frames."""

import pickle
import pydoc
import re
from collections.abc import Iterator
from contextlib import aclosing

import anyio
import httpx
import numpy as np
import pytest

import backprop_playground
from backprop_playground import AsyncClient, Client, ProblemError
from tests.app.server import Service, running
from tests.architecture.tree import ROOT

FIVE_LINES = re.findall(r"^    (.+)$", backprop_playground.__doc__ or "", re.MULTILINE)[:5]
POINTS = {"points": [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]}


@pytest.fixture
def client(service: Service) -> Iterator[Client]:
    with Client(service.address) as client:
        yield client


def test_the_readme_shows_the_five_lines_of_the_docstring():
    readme = (ROOT / "client" / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)\n```", readme, re.DOTALL)
    assert code.splitlines() == FIVE_LINES


def test_training_xor_takes_the_five_lines_of_the_docstring(service, capsys):
    assert FIVE_LINES[-1].startswith("print(")
    names: dict[str, Client] = {}
    exec("\n".join(FIVE_LINES).replace("http://127.0.0.1:8000", service.address), names)
    names["client"].close()
    loss, accuracy, page = capsys.readouterr().out.split()
    assert float(loss) < 0.01
    assert float(accuracy) == 1
    assert page.startswith(service.address)


def test_both_clients_say_the_same_of_the_same_network(client, service):
    network = client.create_network({"data": POINTS})

    async def asked() -> list[object]:
        async with AsyncClient(service.address) as there:
            return [await there.get_network(network.id), await there.get_history(network.id)]

    assert anyio.run(asked) == [client.get_network(network.id), client.get_history(network.id)]


def test_parameters_come_and_go_as_arrays_to_the_last_bit(client):
    first = client.create_network({"data": {"name": "spiral", "examples": 50}})
    client.step_network(first.id, 20)
    other = client.create_network({"data": {"name": "spiral", "examples": 50}, "seed": 3})
    client.put_parameters(other.id, client.get_parameters(first.id))
    for mine, theirs in zip(client.get_parameters(first.id), client.get_parameters(other.id), strict=True):
        np.testing.assert_array_equal(mine.W, theirs.W)
        np.testing.assert_array_equal(mine.b, theirs.b)


def test_activations_gradients_and_the_boundary_are_arrays(client):
    network = client.create_network({"data": POINTS, "layers": [{"units": 3}, {}]})
    x = np.array([[0.5, -1.0], [2.0, 2.0]])
    activations = client.compute_activations(network.id, x)
    (hidden, output) = client.get_parameters(network.id)
    expected = np.tanh(np.tanh(x @ hidden.W.T + hidden.b) @ output.W.T + output.b)
    np.testing.assert_allclose(activations.prediction, expected, rtol=1e-12)
    assert client.get_gradients(network.id, batch="next").layers[0].dW.shape == (3, 2)
    assert client.get_boundary(network.id, resolution=7).values.shape == (7, 7)


def test_own_data_goes_in_as_arrays_or_as_csv_and_comes_out_as_arrays(client):
    network = client.create_network({"data": POINTS})
    client.put_data(network.id, {"inputs": np.eye(2), "targets": np.array([1.0, -1.0])})
    np.testing.assert_array_equal(client.get_data(network.id).x, np.eye(2))
    client.put_data(network.id, "x1,x2,y\n3,4,1\n5,6,-1\n")
    np.testing.assert_array_equal(client.get_data(network.id).labels, [1, -1])


def test_a_table_is_looked_at_before_a_network_learns_it(client):
    text = "id;height;species\n1;0,5;oak\n2;1,5;fir\n3;0,7;oak\n"
    preview = client.preview_csv(text, examples=True)
    assert [column.role for column in preview.columns] == ["none", "input", "target"]
    assert (preview.separator, preview.decimal, preview.classes) == (";", ",", ["fir", "oak"])
    assert [(each.kind, each.values) for each in preview.left_out] == [("index", {"column": 1, "name": "id"})]
    network = client.create_network({"data": preview.data})
    np.testing.assert_array_equal(client.get_data(network.id).x, [[0.5], [1.5], [0.7]])
    wrong = client.preview_csv(text.replace("1,5", "tall")).problem
    assert (wrong.kind, wrong.values["row"], wrong.values["cell"]) == ("number", 3, "tall")


def test_a_refusal_names_the_field_and_keeps_its_status(client):
    with pytest.raises(ProblemError, match=r"layers\.0\.units") as refusal:
        client.create_network({"layers": [{"units": 0}, {}]})
    assert refusal.value.status == 422
    assert [error.field for error in refusal.value.errors] == ["layers.0.units"]


def test_a_refusal_passes_from_one_process_to_another(client):
    with pytest.raises(ProblemError) as refusal:
        client.create_network({"layers": [{"units": 0}, {}]})
    error = refusal.value
    received = pickle.loads(pickle.dumps(error))
    assert (type(received), vars(received), str(received)) == (type(error), vars(error), str(error))
    assert received.errors == error.errors != []


@pytest.mark.parametrize("form", ["json", "npz"])
def test_an_exported_file_is_imported_as_it_is(client, form):
    first = client.create_network({"data": POINTS})
    client.step_network(first.id, 3)
    second = client.create_network(client.export_network(first.id, form))
    for mine, theirs in zip(client.get_parameters(first.id), client.get_parameters(second.id), strict=True):
        np.testing.assert_array_equal(mine.W, theirs.W)


@pytest.mark.parametrize("form", ["numpy", "pytorch"])
def test_a_program_is_refused_as_a_network(client, form):
    program = client.export_network(client.create_network({"data": POINTS}).id, form)
    with pytest.raises(ProblemError, match="JSON"):
        client.create_network(program)


@pytest.mark.parametrize("form", ["{host}:{port}", "http://{host}:{port}/", "http://{host}:{port}/api/v1"])
def test_an_address_is_taken_as_people_write_it(service, form):
    url = httpx.URL(service.address)
    with Client(form.format(host=url.host, port=url.port)) as client:
        network = client.create_network({})
        assert next(client.live(network.id)).step == 0


@pytest.mark.parametrize("address", ["ftp://127.0.0.1", "http://", ""])
def test_an_address_without_a_server_is_refused_in_words(address):
    with pytest.raises(ValueError, match="is no address of a server"):
        Client(address)


def test_headers_go_with_requests_and_the_live_socket(client, service):
    page_of_another_site = {"Origin": "https://elsewhere.example"}
    network = client.create_network({})
    with Client(service.address, headers=page_of_another_site) as stranger:
        with pytest.raises(ProblemError) as request:
            stranger.create_network({})
        with pytest.raises(ProblemError) as socket:
            next(stranger.live(network.id))
    assert (request.value.status, socket.value.status) == (403, 403)


def test_waiting_for_a_frame_of_a_paused_network_ends_with_the_timeout(client):
    frames = client.live(client.create_network({}).id, timeout=0.05)
    next(frames)
    with pytest.raises(TimeoutError):
        next(frames)


def test_help_shows_arguments_and_result_of_every_operation():
    text = pydoc.plain(pydoc.render_doc(Client))
    assert "get_boundary(self, /, id: str, resolution: int" in text
    assert "-> backprop_playground.models.network.NetworkState" in text
    assert "Endpoint[backprop" not in text


def test_a_number_that_json_does_not_know_is_refused_before_it_is_sent(client):
    with pytest.raises(ValueError, match="JSON"):
        client.evaluate_expression("x", {"x": float("nan")})


def test_what_can_be_no_id_is_refused_before_it_is_asked_for(client):
    whole_state = client.create_network({})
    for wrong in (whole_state, "a b", "x?wait=3"):
        with pytest.raises(ValueError, match=r"no path: an id is a text as state\.id"):
            client.get_network(wrong)


def test_frames_end_with_the_goal_and_carry_the_layers(client):
    network = client.create_network({"data": POINTS})
    client.play_network(network.id, until={"epoch": 300})
    for frame in client.live(network.id):
        if frame.status != "playing":
            break
    assert (frame.status, frame.epoch, frame.test) == ("reached", 300, None)
    for seen, layer in zip(frame.layers, client.get_parameters(network.id), strict=True):
        np.testing.assert_array_equal(seen.W, layer.W.astype(np.float32))
        np.testing.assert_array_equal(seen.b, layer.b.astype(np.float32))


async def test_waiting_with_the_awaited_client_ends_with_the_timeout_too(service):
    async with AsyncClient(service.address) as client:
        network = await client.create_network({})
        async with aclosing(client.live(network.id, timeout=0.05)) as frames:
            await anext(frames)
            with pytest.raises(TimeoutError):
                await anext(frames)


async def test_the_awaited_client_sees_the_frame_of_a_change_of_somebody_else(service):
    async with AsyncClient(service.address) as client:
        network = await client.create_network({"data": POINTS})
        async with aclosing(client.live(network.id)) as frames:
            assert (await anext(frames)).step == 0
            await client.step_network(network.id, 5)
            assert (await anext(frames)).step == 5


def test_watching_a_network_that_is_not_there_is_a_problem_too(client):
    with pytest.raises(ProblemError, match="No network has this id"):
        next(client.live("nowhere"))


@pytest.mark.slow
def test_a_service_that_ends_is_a_problem_with_words_for_who_watches():
    with running(DATA=":memory:") as (process, address), Client(address) as client:
        frames = client.live(client.create_network().id)
        next(frames)
        process.terminate()
        with pytest.raises(ProblemError, match="the service ends; connect again") as ended:
            list(frames)
        assert ended.value.status == 1012
