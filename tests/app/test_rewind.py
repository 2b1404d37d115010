"""Going back: to before manual steps, a reset, or a change that drew new parameters, to the last bit."""

from tests.app.service import Network, Service


def everything(network: Network):
    state = network.get()
    told = {name: state[name] for name in ("step", "epoch", "train", "test", "spec", "start")}
    return told, network.get("/parameters"), network.get("/history"), network.get("/data")


def test_manual_steps_are_taken_back_to_the_last_bit(service: Service):
    network = service.create(optimizer={"name": "adam"}, layers=[{"units": 3, "dropout": 0.3}, {}])
    version = network.steps(37)["version"]
    before = everything(network)
    after = network.steps(5)
    trained = everything(network)
    back = network.send("POST", "/rewind", {"version": version})
    assert back["version"] == after["version"] + 1
    assert everything(network) == before
    network.steps(5)
    assert everything(network) == trained


def test_a_change_that_drew_new_parameters_is_taken_back_with_its_training_and_data(service: Service):
    network = service.create()
    version = network.steps(20)["version"]
    before = everything(network)
    network.send("PATCH", "", {"data": {"name": "blobs"}, "layers": [{"units": 2}, {}], "loss": None})
    network.steps(3)
    network.send("POST", "/rewind", {"version": version})
    assert everything(network) == before


def test_a_reset_is_taken_back_and_the_taking_back_too(service: Service):
    network = service.create()
    version = network.steps(20)["version"]
    trained = everything(network)
    reset = network.send("POST", "/reset", {"seed": 3})["version"]
    drawn = everything(network)
    network.send("POST", "/rewind", {"version": version})
    assert everything(network) == trained
    network.send("POST", "/rewind", {"version": reset})
    assert everything(network) == drawn


def test_what_keeps_the_parameters_leaves_nothing_to_go_back_to(service: Service):
    network = service.create()
    network.send("PATCH", "", {"batch_size": 5})
    assert "none is kept" in network.refused("POST", "/rewind", json={"version": 1})["detail"]


def test_data_has_the_version_since_which_it_is_so(service: Service):
    network = service.create()
    assert network.send("PATCH", "", {"batch_size": 5})["data_version"] == 1
    put = network.send("PUT", "/data", {"points": [[0, 0, 1], [1, 1, -1]]})
    assert put["data_version"] == put["version"] == 3
    assert network.steps(1)["data_version"] == 3
