"""Errors and hostile input: always a problem, never a crash, and nothing changed."""

import time

import httpx
import pytest

from tests.app.server import PREFIX, Network, Service, served

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def network(service: Service) -> Network:
    return service.create()


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/networks/x", 404, "unknown-network"),
        ("GET", "/networks/" + "x" * 5000, 404, "unknown-network"),
        ("POST", "/networks/../../etc/passwd", 404, "not-found"),
        ("PUT", "/networks", 405, "method-not-allowed"),
        ("DELETE", "/catalog", 405, "method-not-allowed"),
    ],
)
def test_every_refusal_is_a_problem(service: Service, method: str, path: str, status: int, kind: str):
    problem = service.refusal(method, path, status)
    assert problem["type"] == f"/problems/{kind}"
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/catalog", "GET"), ("/networks/x", "DELETE, GET, PATCH"), ("/networks/x/data", "GET, PATCH, PUT")],
)
def test_a_wrong_method_is_told_which_ones_there_are(service: Service, path: str, allowed: str):
    assert service.http.options(path).headers["allow"] == allowed


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"{} {}", 400),
        (b"\xef\xbb\xbf{}", 400),
        (b"\xff", 400),
        (b'{"seed": 1, "seed": 2}', 400),
        (b"[" * 100_000, 400),
        (b'{"data":' * 100_000, 400),
        (b'{"seed": ' + b"9" * 5000 + b"}", 400),
        (b'{"seed": NaN}', 422),
        (b'{"seed": -Infinity}', 422),
        (b'{"optimizer": {"learning_rate": 1e999}}', 422),
        (b'{"optimizer": {"learning_rate": 1' + b"0" * 400 + b"}}", 422),
        (b'{"features": ["\\ud800"]}', 400),
        (b'{"features": ["' + b"x" * 100_000 + b'"]}', 422),
        (b'{"data": {"points": [[1, 2, Infinity]]}}', 422),
        (b'{"' + b"a" * 100_000 + b'": 1}', 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"<script>"', 422),
    ],
)
def test_hostile_json_is_refused_quickly_and_briefly(service: Service, body: bytes, status: int):
    begun = time.monotonic()
    service.refusal("POST", "/networks", status, content=body, headers=JSON)
    assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize("body", [b'{"optimizer": {"learning_rate": NaN}}', b'{"seed": 1e999}', b"5", b"{"])
def test_a_hostile_patch_changes_nothing(network: Network, body: bytes):
    before = network.get()
    answer = network.service.http.patch(network.path, content=body, headers=JSON)
    assert answer.status_code in (400, 422)
    assert network.get() == before


@pytest.mark.parametrize(
    "patch",
    [{"data": 5}, {"data": {"points": {}}}, {"optimizer": []}, {"layers": {"units": 3}}, {"parameters": 1}],
)
def test_a_patch_of_the_wrong_shape_is_refused(network: Network, patch):
    assert network.refused("PATCH", "", json=patch)["errors"]


def test_a_body_that_is_not_named_json_is_refused_with_what_to_send(service: Service):
    problem = service.refusal(
        "POST", "/networks", 415, content=b"a=1", headers={"Content-Type": "text/plain"}
    )
    assert "application/json" in problem["detail"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_too_large_is_read_to_its_end_and_refused(service: Service, chunked: bool):
    body = b" " * 3_000_000
    content = (body[start : start + 65536] for start in range(0, len(body), 65536)) if chunked else body
    problem = service.refusal("POST", "/networks", 413, content=content, headers=JSON)
    assert "2,000,000" in problem["detail"]


def test_errors_are_told_by_field_in_the_words_of_the_body(service: Service):
    spec = {"layers": [{"units": "4"}, {"unit": 1}]}
    errors = service.refusal("POST", "/networks", json=spec)["errors"]
    assert errors == [
        {"field": "layers.0.units", "message": "input should be a valid integer, got '4'"},
        {"field": "layers.1.unit", "message": "this field does not exist"},
    ]


def test_other_sites_pages_may_look_but_change_nothing(network: Network):
    foreign = {"Origin": "http://elsewhere.example"}
    assert network.service.http.get(network.path, headers=foreign).status_code == 200
    problem = network.refused("POST", "/steps", 403, json={"count": 1}, headers=foreign)
    assert problem["type"] == "/problems/foreign-origin"
    network.refused("POST", "/steps", 403, json={"count": 1}, headers={"Origin": "null"})
    both = [("Origin", network.service.address), ("Origin", "http://elsewhere.example")]
    network.refused("POST", "/steps", 403, json={"count": 1}, headers=both)
    assert network.get()["step"] == 0


def test_the_servers_own_page_may_change_under_whatever_name_it_has(service: Service):
    network = service.create()
    headers = {"Origin": "https://lab.local", "Host": "lab.local"}
    assert network.send("POST", "/steps", {"count": 1}, headers=headers)["step"] == 1


@pytest.mark.parametrize(
    "path", ["/", f"{PREFIX}/healthz", f"{PREFIX}/nothing", "/static/js/pages/playground.js", "/evaluator.js"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(service: Service, path: str):
    headers = httpx.get(service.address + path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert ("script-src 'self'" in policy) is (not path.endswith(".js"))
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_page_and_its_evaluator_are_served(service: Service):
    page = httpx.get(service.address + "/")
    assert page.headers["content-type"].startswith("text/html")
    evaluator = httpx.get(service.address + "/evaluator.js")
    assert evaluator.headers["content-type"].startswith("text/javascript")
    assert "tanh: (z) => Math.tanh(z)," in evaluator.text


@pytest.mark.parametrize(
    "path", ["/", "/lecture", "/docs", "/evaluator.js", "/static/js/pages/playground.js"]
)
def test_what_a_browser_loads_can_be_asked_for_without_its_content(service: Service, path: str):
    whole, head = httpx.get(service.address + path), httpx.head(service.address + path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize("name", ["%00", "a" * 5000, "%ff", "js", "con%0d%0a", "..%2f..%2fREADME"])
@pytest.mark.parametrize("place", ["/static/{}", "/kept/1/static/{}"])
def test_a_name_that_no_file_can_have_is_not_found(service: Service, place: str, name: str):
    answer = httpx.get(service.address + place.format(name))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_assets_stay_within_their_folder(service: Service):
    for path in ("/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/static//etc/passwd"):
        assert httpx.get(service.address + path).status_code == 404


@pytest.mark.parametrize("levels", [21, 300, 450])
@pytest.mark.parametrize("way", ["objects", "arrays"])
def test_a_patch_deeper_than_any_spec_is_refused_and_changes_nothing(network: Network, levels: int, way: str):
    start, end = {"objects": ('{"data":', "}"), "arrays": ("[", "]")}[way]
    body = '{"data":' + start * levels + "{}" + end * levels + "}"
    before = network.get()
    assert "nested too deeply" in network.refused("PATCH", "", content=body, headers=JSON)["detail"]
    assert network.get() == before


@pytest.mark.parametrize("far", [1e308, 1.7e308, 1e101])
def test_inputs_too_far_apart_to_be_drawn_are_refused(service: Service, far: float):
    points = [[far, 0, 1], [-far, 1, -1]]
    detail = service.refusal("POST", "/networks", json={"data": {"points": points}})["detail"]
    assert "they must lie between" in detail


@pytest.mark.parametrize("near", [5e-324, 1e-310, 1e-200, 1e-17])
def test_inputs_that_are_almost_one_are_drawn_around_it(service: Service, near: float):
    network = service.create(data={"points": [[near, 1, 1], [2 * near, 1 + 2.3e-16, -1]]})
    plane = network.get("/data")["plane"]
    assert all(low < value < high for value, (low, high) in zip((near, 1), plane.values(), strict=True))


@pytest.mark.parametrize("rows", [[[1.7e308], [-1.7e308]], [[1e308], [1e308]], [[5e-324], [0]]])
def test_inputs_without_mean_or_deviation_are_not_standardized(service: Service, rows: list[list[float]]):
    data = {"inputs": rows, "targets": [[0], [1]], "standardize": True}
    problem = service.refusal("POST", "/networks", json={"data": data})
    assert problem["errors"][0]["field"] == "data.standardize"


@pytest.mark.slow
def test_numbers_that_overflow_are_null_everywhere_and_write_nothing_into_the_log():
    with served(DATA=":memory:") as (process, service):
        data = {"inputs": [[1e300], [-1e300]], "targets": [[1e200], [-1e200]]}
        made = service.create(data=data, optimizer={"learning_rate": 1e300}, layers=[{"units": 1}])
        paths = (
            "",
            "/gradients",
            "/trace?example=0",
            "/trace/batch",
            "/distributions",
            "/evaluation",
            "/data",
        )
        for told in (made.get(path) for path in paths):
            assert told
        assert made.steps(3)["status"] == "diverged"
        process.terminate()
        assert process.communicate(timeout=20)[1] == ""
