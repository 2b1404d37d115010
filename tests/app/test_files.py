"""The page's files: compressed, kept for good under their version, asked about without one."""

import os
import re
from pathlib import Path

import httpx
import pytest

from app.paths import folder
from app.services.pages import assets
from app.services.pages.assets import Assets
from tests.app.service import Service

LINKED = re.compile(r'(?:href|src)="([^"]+)"')


def test_every_file_of_a_page_is_there_compressed_and_kept_for_good(service: Service):
    with httpx.Client(base_url=service.address, trust_env=False) as visitor:
        for page in ("/", "/lecture", "/expressions"):
            files = [address for address in LINKED.findall(visitor.get(page).text) if "kept/" in address]
            assert len(files) > 20
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


def test_who_takes_no_compression_gets_the_file_as_it_is(service: Service):
    answer = httpx.get(
        service.address + "/static/js/pages/playground.js", headers={"Accept-Encoding": "identity"}
    )
    assert "Content-Encoding" not in answer.headers
    assert answer.content == (folder("static") / "js" / "pages" / "playground.js").read_bytes()


def test_the_style_sheets_of_a_page_come_as_one_in_their_order(service: Service):
    page = httpx.get(service.address + "/").text
    [address] = [address for address in LINKED.findall(page) if "/css/" in address]
    names = address.rpartition("/")[2].removesuffix(".css").split("+")
    paths = [path for name in names for path in (folder("static") / "css").rglob(f"{name}.css")]
    sheets = [path.read_text(encoding="utf-8") for path in paths]
    assert len(sheets) > 10
    assert httpx.get(f"{service.address}/{address}").text == "\n".join(sheets)
    for wrong in ("nothing", "tokens+nothing", "..%2Fvendor%2Finter", "tokens+"):
        assert httpx.get(f"{service.address}/kept/0/css/{wrong}.css").status_code == 404


def test_what_can_be_a_document_or_a_worker_brings_the_whole_policy_with_it(service: Service):
    whole = ("/", "/static/icon.svg", "/static/text/en.json", "/static/js/lib/render/worker.js", "/docs")
    for address in whole:
        assert "script-src 'self'" in httpx.get(service.address + address).headers["Content-Security-Policy"]
    for address in ("/static/js/pages/playground.js", "/static/vendor/inter.css"):
        headers = httpx.get(service.address + address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_page_names_every_module_it_will_import(service: Service):
    page = httpx.get(service.address + "/").text
    named = {Path(address).name for address in LINKED.findall(page) if address.endswith(".js")}
    assert {"playground.js", "worker.js", "forward.js", "uPlot.esm.js", "i18n.js"} <= named
    assert "katex.min.js" not in named


def test_a_changed_file_changes_the_version_and_the_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets, "PATIENCE", 0.0)
    (tmp_path / "a.js").write_text("import { b } from './b.js';")
    (tmp_path / "b.js").write_text("export const b = 1;")
    (tmp_path / "c.js").write_text("export const c = 1;")
    files = Assets(tmp_path, "")
    before = files.version
    assert files.refresh_version() == before
    assert files.modules("a.js") == ("a.js", "b.js")
    (tmp_path / "b.js").write_text("import './c.js'; export const b = 2;")
    os.utime(tmp_path / "b.js", ns=(1, 1))
    assert files.refresh_version() != before
    assert files.modules("a.js") == ("a.js", "b.js", "c.js")
