"""Going back: to before manual steps, a reset, or a change that drew new parameters, to the last bit."""

from tests.app.server import Network, Service


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


def test_there_is_no_going_back_to_what_is_not_kept(service: Service):
    network = service.create()
    assert "no version is available" in network.refused("POST", "/rewind", json={"version": 1})["detail"]
    network.send("POST", "/play", {})
    network.send("POST", "/pause", {})
    assert "no version is available" in network.refused("POST", "/rewind", json={"version": 1})["detail"]


def undone(network: Network, version: int) -> int:
    """Take back the change made at this version, and nothing else; the version before taking it back."""
    made: int = network.send("POST", "/rewind", {"version": version, "keep_training": True})["version"]
    return made - 1


def test_a_change_alone_is_taken_back_and_made_again_while_the_training_stays(service: Service):
    network = service.create()
    before = network.get("/data")
    for change in (
        {
            "optimizer": {"name": "adam", "beta1": 0.5},
            "batch_size": 3,
            "penalty": {"name": "l2", "rate": 0.1},
        },
        {"data": {"name": "xor", "noise": 0.2, "seed": 3, "train_fraction": 0.8}},
        {"frozen": [{"W": True, "b": False}, {"W": False, "b": True}, {"W": False, "b": False}]},
        {"data": {"points": [[0, 0, 1], [1, 1, -1], [0, 1, 1]], "train_fraction": 1}},
    ):
        spec = network.get()["spec"]
        version = network.get()["version"]
        changed = network.send("PATCH", "", change)["spec"]
        data = network.get("/data")
        step, parameters = network.steps(7)["step"], network.get("/parameters")["layers"]
        again = undone(network, version)
        assert network.get()["spec"] == spec
        assert network.get()["step"] == step
        assert network.get("/data") == before
        assert network.get("/parameters")["layers"] == parameters
        again = undone(network, again)
        assert (network.get()["spec"], network.get("/data")) == (changed, data)
        undone(network, again)


def test_the_data_of_a_link_come_back(service: Service):
    network = service.create(tfplayground="#dataset=spiral&seed=0.5")
    before = network.get("/data")
    network.send("PATCH", "", {"data": {"noise": 0.3}})
    assert network.get("/data") != before
    undone(network, 1)
    assert network.get("/data") == before
    assert network.get()["spec"]["tfplayground"]


def test_of_the_parameters_only_those_that_were_set_go_back(service: Service):
    network = service.create()
    network.steps(5)
    was = network.get("/parameters")["layers"]
    version = network.get()["version"]
    network.send("PATCH", "/parameters", {"changes": [{"parameter": "w_12^(1)", "value": 9}]})
    network.steps(5)
    trained = network.get("/parameters")["layers"]
    again = undone(network, version)
    trained[0]["W"][0][1] = was[0]["W"][0][1]
    assert network.get("/parameters")["layers"] == trained
    undone(network, again)
    assert network.get("/parameters")["layers"][0]["W"][0][1] != was[0]["W"][0][1]


def test_a_start_that_was_set_by_hand_is_the_drawn_one_again(service: Service):
    network = service.create()
    start = network.get("/parameters")["layers"]
    network.send("PATCH", "/parameters", {"changes": [{"parameter": "w_10^(2)", "value": 5}]})
    network.steps(3)
    undone(network, 1)
    assert network.get()["start"] == {"modified": False}
    network.send("POST", "/reset", {})
    assert network.get("/parameters")["layers"] == start


def test_where_the_parameters_do_not_fit_those_of_then_come_back(service: Service):
    network = service.create()
    version = network.steps(20)["version"]
    before = everything(network)
    network.send("PATCH", "", {"layers": [{"units": 9}, {}]})
    network.steps(3)
    undone(network, version)
    assert everything(network) == before


def test_many_steps_by_hand_do_not_crowd_out_the_moment_before_a_change(service: Service):
    network = service.create()
    network.send("PATCH", "", {"batch_size": 5})
    for _ in range(105):
        network.steps(1)
    undone(network, 1)
    assert network.get()["spec"]["batch_size"] == 10


def test_data_has_the_version_since_which_it_is_so(service: Service):
    network = service.create()
    assert network.send("PATCH", "", {"batch_size": 5})["data_version"] == 1
    put = network.send("PUT", "/data", {"points": [[0, 0, 1], [1, 1, -1]]})
    assert put["data_version"] == put["version"] == 3
    assert network.steps(1)["data_version"] == 3
