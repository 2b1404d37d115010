"""Conventions of HTTP: HEAD, requests without a body, answers without a body, and caches."""

from pathlib import Path

import httpx
import pytest

from app.settings import quota_cores
from tests.app.server import PREFIX, Service

PATHS = ["/", f"{PREFIX}/healthz", f"{PREFIX}/catalog", "/static/js/pages/lecture.js"]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_answered_as_get_is_without_the_body(service: Service, path: str):
    url = service.address + path
    got, head = httpx.get(url), httpx.head(url)
    assert (head.status_code, head.content) == (200, b"")
    changing = {"date", "content-length"}
    assert {name: value for name, value in head.headers.items() if name not in changing} == {
        name: value for name, value in got.headers.items() if name not in changing
    }


def test_head_of_what_is_not_there_is_404(service: Service):
    assert service.http.head("/networks/nowhere").status_code == 404


def test_a_command_without_a_body_is_one_with_the_defaults(service: Service):
    created = service.http.post("/networks")
    assert created.status_code == 201
    path = f"/networks/{created.json()['id']}"
    assert service.http.post(f"{path}/steps").json()["step"] == 1
    for command in ("play", "pause", "reset"):
        assert service.http.post(f"{path}/{command}").status_code == 200
    assert service.refusal("POST", f"{path}/rewind")["errors"][0]["field"] == "version"
    assert "JSON body is required" in service.refusal("PUT", f"{path}/data")["detail"]


def test_an_empty_table_is_refused_as_a_table(service: Service):
    network = service.create()
    problem = network.refused("PUT", "/data", content=b"", headers={"Content-Type": "text/csv"})
    assert "at least" in problem["detail"]
    assert "JSON" not in problem["detail"]


def test_an_answer_without_a_body_has_no_type(service: Service):
    answer = service.http.delete(service.create().path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers


def test_the_catalog_is_sent_once_to_who_has_kept_it(service: Service):
    first = service.http.get("/catalog")
    again = service.http.get("/catalog", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert service.http.get("/catalog", headers={"If-None-Match": '"other"'}).json() == first.json()


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (
            {"optimizer": {"name": "adam", "lr": 0.1}},
            "adam has no parameter 'lr'; its parameters: learning_rate",
        ),
        ({"optimizer": 5}, 'input should be an object, as in {"name": value}, got 5'),
    ],
)
def test_what_is_wrong_with_a_choice_is_said_without_pythons_words(service: Service, spec, message: str):
    assert service.refusal("POST", "/networks", json=spec)["errors"][0]["message"].startswith(message)


@pytest.mark.parametrize(
    ("text", "cores"), [("150000 100000\n", 2), ("50000 100000\n", 1), ("max 100000\n", None), (None, None)]
)
def test_the_cores_of_a_container_are_those_of_its_quota(tmp_path: Path, text: str | None, cores: int | None):
    file = tmp_path / "cpu.max"
    if text is not None:
        file.write_text(text)
    assert quota_cores(file) == (cores or quota_cores(tmp_path / "missing"))
