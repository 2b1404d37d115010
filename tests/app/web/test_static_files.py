"""The page's files: compressed, kept for good under their version, asked about without one."""

import json
import os
import re
from pathlib import Path

import httpx
import pytest

from app.paths import folder
from app.services.pages import assets
from app.services.pages.assets import Assets, PageFiles
from app.services.pages.rendered_pages import MAX_PAGES, PageKey, RenderedPages
from tests.app.server import Service, served

MANIFEST = json.loads((folder("static") / "dist" / "manifest.json").read_text(encoding="utf-8"))
LINKED = re.compile(r'(?:href|src)="([^"]+)"')


def test_every_file_of_a_page_is_there_compressed_and_kept_for_good(service: Service):
    with httpx.Client(base_url=service.address, trust_env=False) as visitor:
        for page in ("/", "/lecture", "/expressions"):
            files = [address for address in LINKED.findall(visitor.get(page).text) if "kept/" in address]
            assert 5 <= len(files) <= 10
            for address in files:
                answer = visitor.get(f"/{address}")
                assert answer.status_code == 200, address
                assert "immutable" in answer.headers["Cache-Control"], address
                if address.endswith((".js", ".css")) and len(answer.content) > 500:
                    assert answer.headers["Content-Encoding"] == "gzip", address
                    assert int(answer.headers["Content-Length"]) < len(answer.content), address


def test_a_file_without_its_version_or_with_an_old_one_is_asked_about_again(service: Service):
    for address in ("/static/js/pages/playground.js", "/kept/0123456789ab/static/js/pages/playground.js"):
        first = httpx.get(service.address + address)
        assert first.headers["Cache-Control"] == "no-cache"
        again = httpx.get(service.address + address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br, gzip;q=0.0", "xgzip"])
def test_who_takes_no_compression_gets_the_file_as_it_is(service: Service, accepted: str):
    answer = httpx.get(
        service.address + "/static/js/pages/playground.js", headers={"Accept-Encoding": accepted}
    )
    assert "Content-Encoding" not in answer.headers
    assert answer.content == (folder("static") / "js" / "pages" / "playground.js").read_bytes()


def test_what_can_be_a_document_or_a_worker_brings_the_whole_policy_with_it(service: Service):
    built = MANIFEST["index"]["worker"]
    workers = ("/static/js/lib/render/worker.js", f"/static/{built}")
    for address in ("/", "/static/icon.svg", "/static/text/en.json", "/docs", *workers):
        assert "script-src 'self'" in httpx.get(service.address + address).headers["Content-Security-Policy"]
    for address in ("/static/js/pages/playground.js", "/static/vendor/inter.css"):
        headers = httpx.get(service.address + address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_page_loads_the_files_that_the_build_made_of_it(service: Service):
    addresses = (
        ("index", "/"),
        ("lecture", "/lecture"),
        ("expressions", "/expressions"),
        ("reference", "/docs"),
    )
    for name, address in addresses:
        files = MANIFEST[name]
        page = httpx.get(service.address + address).text
        named = {link.partition("/static/")[2] for link in LINKED.findall(page) if "/static/" in link}
        expected = {files["script"], *files["styles"], *filter(None, (files["first"], files["worker"]))}
        assert expected <= named
        assert not any(link.startswith(("js/", "css/")) for link in named)


def test_the_setting_page_serves_the_sources_instead():
    sources = json.loads((folder("static") / "pages.json").read_text(encoding="utf-8"))
    with served(PAGE="source", DATA=":memory:") as (_, service):
        page = httpx.get(service.address + "/").text
        named = [link.partition("/static/")[2] for link in LINKED.findall(page) if "/static/" in link]
        files = sources["pages"]["index"]
        assert [link for link in named if link.endswith(".css")] == files["styles"]
        assert [link for link in named if link.endswith(".js")] == [sources["first"], files["script"]]
        for link in named:
            assert httpx.get(f"{service.address}/static/{link}").status_code == 200, link


def test_a_page_is_rendered_once_and_sent_again_only_when_it_has_changed(service: Service):
    for address in ("/", "/lecture", "/docs"):
        first = httpx.get(service.address + address)
        same = {"If-None-Match": first.headers["ETag"]}
        again = httpx.get(service.address + address, headers=same)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
        turkish = httpx.get(service.address + address, headers=same | {"Accept-Language": "tr"})
        assert (turkish.status_code, turkish.headers["Content-Language"]) == (200, "tr")
        plain = httpx.get(service.address + address, headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in plain.headers
        assert plain.content == first.content


def test_the_reference_shows_the_address_that_it_was_asked_for_by(service: Service):
    for host in ("one.example", "two.example"):
        page = httpx.get(f"{service.address}/docs", headers={"Host": host}).text
        assert f"http://{host}/api/v1/networks" in page


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of assets with one page, and the folder of its template."""
    static, templates = tmp_path / "static", tmp_path / "templates"
    for made in (static / "dist", templates):
        made.mkdir(parents=True)
    (templates / "a.html").write_text("one")
    (static / "pages.json").write_text(
        json.dumps({"first": "first.js", "pages": {"a": {"script": "a.js", "styles": ["a.css"]}}})
    )
    files = {"first": None, "script": "dist/a-1.js", "styles": ["dist/a-1.css"], "worker": None}
    (static / "dist" / "manifest.json").write_text(json.dumps({"a": files}))
    return static, templates


@pytest.mark.parametrize("changed", ["static/pages.json", "templates/a.html"])
def test_a_changed_file_or_template_changes_the_version(
    folders: tuple[Path, Path], changed: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(assets, "REFRESH_SECONDS", 0.0)
    found = Assets(*folders, "", "built")
    before = found.version
    assert found.refresh_version() == before
    os.utime(folders[0].parent / changed, ns=(1, 1))
    assert found.refresh_version() != before


def test_a_page_built_anew_is_served_at_once(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets, "REFRESH_SECONDS", 0.0)
    found = Assets(*folders, "", "built")
    assert found.page("a").script == "dist/a-1.js"
    manifest = folders[0] / "dist" / "manifest.json"
    manifest.write_text(manifest.read_text().replace("a-1.js", "a-two.js"))
    found.refresh_version()
    assert found.page("a").script == "dist/a-two.js"


def test_a_page_that_was_never_built_is_refused_with_what_to_do(folders: tuple[Path, Path]):
    (folders[0] / "dist" / "manifest.json").unlink()
    assert Assets(*folders, "", "source").page("a") == PageFiles("a.js", ["a.css"], "first.js", None)
    with pytest.raises(FileNotFoundError, match="make page"):
        Assets(*folders, "", "built")


def test_the_cache_of_rendered_pages_drops_the_oldest():
    pages, rendered = RenderedPages(), []

    def get(base_url: str) -> None:
        def render() -> str:
            rendered.append(base_url)
            return base_url

        assert pages.get(PageKey("a", "en", "1", base_url), render).html == base_url.encode()

    hosts = [f"http://{number}" for number in range(MAX_PAGES + 1)]
    for host in (hosts[0], *hosts, hosts[-1], hosts[0]):
        get(host)
    assert rendered == [*hosts, hosts[0]]
