"""From the portfolio to one minute of one ticket, in a browser, as both parties."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

ENGAGEMENT = "Service desk and workplace"
LEVEL = "Resolution of P2 incidents"


def go_to_the_levels(page: Page) -> None:
    """From the portfolio to the service levels of an engagement."""
    page.goto("/")
    page.get_by_role("link", name=ENGAGEMENT, exact=True).first.click()
    page.get_by_role("navigation", name="Engagement").get_by_role(
        "link", name="Service levels", exact=True
    ).click()
    expect(page.get_by_role("heading", name="Service levels").first).to_be_visible()


def go_to_a_late_ticket(page: Page) -> str:
    """From one level in depth to the month that was missed, and to its latest ticket."""
    page.get_by_role("link", name=LEVEL).first.click()
    expect(page.get_by_role("heading", name=LEVEL).first).to_be_visible()
    page.locator("main a[href^='/measurements/']:not([href*='item'])").first.click()
    ticket = page.locator("main a[href*='/item/']").first
    name = ticket.inner_text()
    ticket.click()
    return name


def minutes_shown(page: Page) -> list[str]:
    """Return the start of every interval of the working, as the page writes it."""
    rows = page.get_by_role("table", name="Every interval").get_by_role("row")
    return [row.get_by_role("cell").first.inner_text() for row in rows.all()[1:]]


@pytest.mark.parametrize("person", ["ada@nordwind.example", "cleo@balticdesk.example"])
def test_a_figure_is_followed_to_a_minute_of_one_ticket(sign_in: SignIn, person: str) -> None:
    page = sign_in(person)

    go_to_the_levels(page)
    name = go_to_a_late_ticket(page)

    expect(page.get_by_role("heading", name=re.compile(re.escape(name))).first).to_be_visible()
    expect(page.get_by_text(re.compile("adds? up to"))).to_be_visible()
    minutes = minutes_shown(page)
    assert len(minutes) >= 3
    assert all(re.search(r"\d{2}:\d{2}", minute) for minute in minutes)


def test_every_kind_of_measure_stands_on_the_overview(sign_in: SignIn) -> None:
    page = sign_in("ada@nordwind.example")

    go_to_the_levels(page)

    for name in (
        "Requests are delivered on the day promised",
        "Tickets stay solved",
        "Callers' satisfaction, one to five",
        "Nine in ten P3 tickets are solved within",
        "Median response over the quarter",
        "The self-service portal is up",
        "Tickets opened",
        "Tickets open as the month ends",
    ):
        expect(page.get_by_text(name).first).to_be_visible()
