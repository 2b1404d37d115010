"""Under a prefix and behind a proxy everything works as it does at the root: pages, REST and sockets."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from backprop_playground import Client, ProblemError
from tests.app.reverse_proxy import behind_a_proxy
from tests.app.server import running, started

pytestmark = pytest.mark.slow

PREFIX = "/lab/net"


@pytest.fixture(scope="module", params=[True, False], ids=["the proxy strips it", "the proxy leaves it"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """A playground under a prefix, as its visitors see it."""
    with (
        running(DATA=":memory:", ROOT_PATH=PREFIX) as (_, server),
        behind_a_proxy(server, PREFIX, request.param) as address,
    ):
        yield address


def test_a_program_works_as_ever(address):
    with Client(address) as client:
        network = client.create_network({"data": {"name": "xor-table"}})
        assert network.page == f"{address}/#id={network.id}"
        assert client.step_network(network.id, 5).step == 5
        client.play_network(network.id, until={"epoch": 50})
        frames = (frame for frame in client.live(network.id) if frame.status != "playing")
        assert next(frames).epoch == 50
        with pytest.raises(ProblemError, match="No network has this id"):
            next(client.live("nowhere"))


@pytest.mark.parametrize("path", ["/networks", "/exhibits/xnor/networks"])
def test_a_new_network_is_where_its_location_says(address, path):
    made = httpx.post(f"{address}/api/v1{path}", json={})
    location = httpx.URL(address).join(made.headers["location"])
    assert httpx.get(location).json()["id"] == made.json()["id"]
    assert httpx.get(location).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lecture",
        "/expressions",
        "/docs",
        "/static/js/pages/playground.js",
        "/evaluator.js",
        "/openapi.json",
    ],
)
def test_what_a_browser_asks_for_is_there(address, path):
    answer = httpx.get(address + path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"""(?:href|src|action)=["']/""", answer.text)


@pytest.mark.parametrize(
    ("path", "to"), [("/lecture/xnor", "/lecture#xnor"), ("/problems/unfit", "/docs#problem-unfit")]
)
def test_a_redirection_stays_under_the_prefix(address, path, to):
    answer = httpx.get(address + path)
    assert httpx.URL(address + path).join(answer.headers["location"]) == address + to


def test_the_document_and_the_reference_say_where_the_service_is(address):
    assert httpx.get(f"{address}/openapi.json").json()["servers"] == [{"url": PREFIX}]
    assert f"{address}/api/v1/networks" in httpx.get(f"{address}/docs").text


def test_a_wrong_method_and_a_wrong_address_are_problems(address):
    wrong = httpx.put(f"{address}/api/v1/networks", json={})
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    assert httpx.get(f"{address}/api/v1/nothing").json()["type"] == "/problems/not-found"


def test_the_page_may_command_and_other_sites_may_not(address):
    site = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    for origin, status in (
        (site, 201),
        (site.replace("http", "https"), 201),
        ("http://elsewhere.example", 403),
    ):
        answer = httpx.post(f"{address}/api/v1/networks", json={}, headers={"Origin": origin})
        assert answer.status_code == status


def test_behind_tls_the_page_is_where_the_browser_sees_it_and_only_a_page_behind_tls_may_command():
    with (
        running(DATA=":memory:") as (_, server),
        behind_a_proxy(
            server, "", True, "X-Forwarded-Proto: https", "X-Forwarded-Host: lab.example"
        ) as address,
    ):
        made = httpx.post(f"{address}/api/v1/networks", json={}, headers={"Origin": "https://lab.example"})
        assert made.json()["page"].startswith("https://lab.example/#id=")
        for origin in ("http://lab.example", "https://lab.example:8443", "https://lab.example.org", "null"):
            answer = httpx.post(f"{address}/api/v1/networks", json={}, headers={"Origin": origin})
            assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/api", "static/lab", "/a b", "/../x"])
def test_a_prefix_that_cannot_be_is_refused_by_name(path):
    ended = started(DATA=":memory:", ROOT_PATH=path, PORT="0")
    assert ended.returncode == 1
    assert ended.stderr.startswith("A setting is invalid: ROOT_PATH: ")
