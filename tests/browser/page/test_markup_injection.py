"""Text that would run, or become markup, if any page took it for more than text."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

MARKUP = [
    '<img src="nowhere" onerror="window.hurt=1">',
    '"><svg onload=window.hurt=1>',
    "</script><script>window.hurt=1</script>",
    "\\href{javascript:window.hurt=1}{x}",
    "{{constructor.constructor('window.hurt=1')()}}",
]
BAD = "[onerror], [onload], [src=nowhere], [href^=javascript]"
HURT = f"window.hurt || document.querySelectorAll('{BAD}').length"
FIELDS = "input:not([type=range], [type=checkbox], [type=radio], [type=file], [type=color]), textarea"
EXPECTED = ("Failed to load resource", "the server responded with a status of 4")


@pytest.fixture
def hurt(page_errors: list[str], page: Page):
    """What the pages took for markup so far. Refusals are expected, and no complaint."""

    def seen() -> object:
        page_errors[:] = [told for told in page_errors if not any(words in told for words in EXPECTED)]
        return page.evaluate(HURT)

    return seen


def test_names_of_classes_and_words_of_a_table_are_shown_as_they_are(playground: Playground, hurt):
    rows = {
        "inputs": [[0, 0], [1, 1], [0, 1]],
        "targets": [0, 1, 2],
        "class_names": [text[:60] for text in MARKUP[:3]],
    }
    page = playground.join({"data": rows}).page
    assert not hurt()
    table = "x1,x2,y\n" + "".join(
        f'{k},{k % 2},"{text[:50].replace(chr(34), chr(34) * 2)}"\n' for k, text in enumerate(MARKUP)
    )
    changed = playground.rest.put(
        f"/networks/{playground.id}/data", content=table, headers={"Content-Type": "text/csv"}
    )
    assert changed.status_code == 200, changed.text
    for opener in ("#header [name=rest]", ".unit:not(.feature)"):
        page.locator(opener).first.click()
    for chart in page.locator("#charts input").all():
        chart.check(force=True)
        page.wait_for_timeout(100)
    page.reload()
    playground.wait_for_pictures()
    assert not hurt()


def test_no_field_of_any_page_takes_text_for_more(page: Page, hurt):
    for path in ("/", "/lecture#gates", "/expressions", "/docs"):
        page.goto(path)
        expect(page).not_to_have_title("")
        page.wait_for_timeout(300)
        if path == "/docs":
            page.locator("#getActivations summary").last.click()
            page.locator("#createNetwork summary").last.click()
        for field in page.locator(FIELDS).all():
            if field.is_visible() and field.is_editable() and field.get_attribute("type") != "number":
                field.fill(" ".join(MARKUP))
                field.press("Enter")
        for button in page.locator("#getActivations [type=submit], #createNetwork [type=submit]").all():
            button.click()
        page.wait_for_timeout(300)
        assert not hurt(), path


def test_an_address_with_markup_in_it_shows_what_is_wrong_and_nothing_more(page: Page, hurt):
    for path in ("/#id=", "/expressions#", "/lecture#", "/lecture/", "/docs#", "/problems/"):
        page.goto("about:blank")
        page.goto(path + " ".join(MARKUP[:3]).replace("/", "%2F"))
        page.wait_for_timeout(200)
        assert not hurt(), path
