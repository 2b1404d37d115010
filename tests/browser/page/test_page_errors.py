"""The browser tests notice what a user would mind: shown once, or their silence would mean nothing."""

from playwright.sync_api import Page


def test_an_error_in_the_console_is_a_page_error(page: Page, page_errors: list[str]):
    page.evaluate("console.error('the plane has no ink')")
    assert page_errors == ["console: the plane has no ink"]
    page_errors.clear()


def test_an_exception_nobody_catches_is_a_page_error(page: Page, page_errors: list[str]):
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('no such unit'); })")
    assert page_errors == ["thrown: no such unit"]
    page_errors.clear()


def test_a_request_to_another_host_is_a_page_error(page: Page, page_errors: list[str]):
    with page.expect_console_message():
        page.evaluate("fetch('http://elsewhere.invalid/font.woff2').catch(() => null)")
    assert page_errors.pop(0) == "asked another host: http://elsewhere.invalid/font.woff2"
    (console,) = page_errors
    assert console.startswith("console: Failed to load")
    assert console.endswith("elsewhere.invalid/font.woff2")
    page_errors.clear()


def test_a_second_tab_of_the_same_visitor_is_watched_too(page: Page, page_errors: list[str]):
    page.context.new_page().evaluate("console.error('the other tab')")
    assert page_errors == ["console: the other tab"]
    page_errors.clear()
