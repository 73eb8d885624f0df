"""The demo's competition in a browser: from its criteria to the award and a debrief."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

ENGAGEMENT = "Workplace devices"


def open_selection(page: Page) -> None:
    """Go from the portfolio to the selection."""
    page.goto("/")
    page.get_by_role("link", name=ENGAGEMENT, exact=True).click()
    page.get_by_role("navigation", name="Engagement").get_by_role(
        "link", name="Selection", exact=True
    ).click()


def look_at_criteria_and_scores(page: Page) -> None:
    """Weights, prices and all scores stand there, and one disagreement is settled."""
    open_selection(page)
    expect(page.get_by_role("row", name=re.compile("Transition plan"))).to_contain_text("16.00%")
    expect(page.get_by_text("2,395,000.00 EUR")).to_be_visible()
    page.get_by_role("link", name="Scores, and what to talk about").click()
    talk = page.locator("section.card", has=page.get_by_role("heading", name="Communication"))
    expect(talk.get_by_text("Scores lie far apart")).to_be_visible()
    talk.get_by_text("Write down what was agreed").click()
    talk.get_by_label("Bid", exact=True).select_option(label="Kestrel Systems")
    talk.get_by_label("Agreed score").select_option("3.5")
    talk.get_by_label("What was said").fill("Both of its former clients were called again.")
    talk.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Both of its former clients were called again.")).to_be_visible()


def propose_the_award(page: Page) -> None:
    """Rank anew, read how fragile the winner is, and propose it with a reason."""
    open_selection(page)
    page.get_by_role("link", name="The ranking, and how firm it is").click()
    expect(page.get_by_text("This order is of older figures")).to_be_visible()
    page.get_by_role("button", name="Rank anew").click()
    expect(page.get_by_text("The first place is fragile")).to_be_visible()
    page.get_by_role("link", name="Propose the award").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Why").fill("It leads by a little; its two referees decided.")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("Somebody else decides now")).to_be_visible()


def decide_on_it(page: Page) -> None:
    """Another pair of eyes approves."""
    open_selection(page)
    page.get_by_role("link", name="The ranking, and how firm it is").click()
    page.get_by_role("link", name="Decide on the award").click()
    page.get_by_role("radio", name="Approve the award").check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("link", name=re.compile("record", re.IGNORECASE)).first).to_be_visible()


def debrief_a_loser(page: Page) -> None:
    """Tell a bidder that did not win of its own bid, and of no other."""
    open_selection(page)
    page.get_by_role("link", name="Sundial IT").click()
    page.get_by_role("link", name="Write it").click()
    page.get_by_role("textbox").last.fill("Your price was good; nobody of your team was named.")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("nobody of your team was named").first).to_be_visible()


def test_a_fragile_winner_is_awarded_with_open_eyes_and_losers_are_debriefed(
    sign_in: SignIn, faults: list[str]
) -> None:
    ada = sign_in("ada@nordwind.example")
    look_at_criteria_and_scores(ada)
    propose_the_award(ada)
    decide_on_it(sign_in("uma@nordwind.example"))
    debrief_a_loser(ada)

    assert faults == []


def test_no_bidder_finds_the_competition(sign_in: SignIn) -> None:
    dan = sign_in("dan@kestrel.example")

    expect(dan.get_by_text(ENGAGEMENT)).to_have_count(0)
    expect(dan.get_by_role("link", name="Selection")).to_have_count(0)
