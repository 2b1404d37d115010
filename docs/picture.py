"""Takes the README's picture, docs/playground.png, of a running playground.

python -m docs.picture http://127.0.0.1:8000/
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, chromium

PICTURE = Path(__file__).with_name("playground.png")


def take(address: str) -> None:
    """A picture of the default page after about a hundred epochs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720}, device_scale_factor=1.5)
        page.goto(address)
        page.wait_for_selector("html[data-complete]")
        page.wait_for_timeout(2600)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
