"""Every component in a real browser: nothing axe finds, nothing too wide, nothing refused."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

# WCAG 2.2 AA, and the rules of axe that are good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATHS = ("/", "/sign-in/", "/absent/")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """Give each theme."""
    return str(request.param)


@pytest.fixture(params=[1440, 390])
def themed(
    browser: Browser, gallery: str, theme: str, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open a page of each theme and width."""
    size = {"width": request.param, "height": 900}
    context = browser.new_context(
        base_url=gallery,
        color_scheme=theme,  # type: ignore[arg-type]
        viewport=size,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(themed: Page, path: str) -> None:
    themed.goto(path)

    found = Axe().run(themed, options=RULES)

    assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def page(browser: Browser, gallery: str) -> Iterator[Page]:
    """Open a page of usual size."""
    context = browser.new_context(base_url=gallery)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_reflows_at_320_pixels(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(path)

    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert too_wide <= 0


def test_a_page_asks_nothing_of_other_sites_and_breaks_no_policy(page: Page, gallery: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    page.goto(gallery, wait_until="networkidle")

    # The browser remarks on the date field that the gallery fills wrongly on purpose.
    assert [text for text in said if "yyyy-MM-dd" not in text] == []
    assert [url for url in asked if not url.startswith(gallery)] == []


def test_the_account_menu_opens_and_closes_by_keyboard(page: Page) -> None:
    page.goto("/")
    summary = page.locator("[data-menu] > summary")

    summary.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()


def test_an_open_menu_and_an_open_dialog_pass_axe(themed: Page) -> None:
    themed.goto("/")
    themed.locator("[data-menu] > summary").click()
    menu = Axe().run(themed, context=".menu", options=RULES)
    themed.keyboard.press("Escape")
    themed.get_by_role("button", name="Share with a provider").click()

    expect(themed.get_by_role("dialog")).to_be_visible()
    dialog = Axe().run(themed, context=".dialog", options=RULES)

    assert menu.violations_count == 0, menu.generate_report()
    assert dialog.violations_count == 0, dialog.generate_report()


def test_a_wrong_form_takes_the_focus_to_its_summary(page: Page) -> None:
    page.goto("/")

    expect(page.locator("[data-error-summary]")).to_be_focused()


def test_a_chosen_theme_is_drawn_by_the_server_without_javascript(
    browser: Browser, gallery: str
) -> None:
    context = browser.new_context(base_url=gallery, color_scheme="light", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("[data-menu] > summary").click()

    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_every_target_is_at_least_24_pixels(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")

    small = page.evaluate(
        """[...document.querySelectorAll("button, summary, nav a, .button, select, input")]
        .filter(e => e.checkVisibility() && !e.closest("p") && !e.closest(".choice"))
        .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 80)])
        .filter(([box]) => box.height < 24 || box.width < 24).map(([, html]) => html)"""
    )

    assert small == []
