"""From an award in a browser to what came of it, and on to whose word can be relied on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

ENGAGEMENT, RUNNING = "Service desk and workplace", "Workplace devices"


def open_promises(page: Page) -> None:
    """Go from the portfolio to the award of the desk, and to what it promised."""
    page.goto("/")
    page.get_by_role("link", name=ENGAGEMENT, exact=True).click()
    page.get_by_role("navigation", name="Engagement").get_by_role(
        "link", name="Selection", exact=True
    ).click()
    page.get_by_role("link", name="The ranking, and how firm it is").click()
    expect(page.get_by_text("Awarded", exact=True).first).to_be_visible()
    page.get_by_role("link", name="What it promised, held against what came").click()


def judge_the_team_again(page: Page) -> None:
    """One half of a judgement is refused; the other half is added, and what was said stays."""
    page.get_by_role("link", name="Judge what was delivered").first.click()
    team = page.get_by_role("group", name="Named team")
    team.get_by_label("What came, from 0 to 5").select_option("3.5")
    page.get_by_role("button", name="Keep these judgements").click()
    expect(team.get_by_text("Say what shows what came of “Named team”")).to_be_visible()
    team.get_by_label("What shows it").fill("Both places are filled again; list of the desk.")
    page.get_by_role("button", name="Keep these judgements").click()
    expect(page.get_by_role("row", name=re.compile("Named team"))).to_contain_text(
        "20 points less than promised"
    )
    page.get_by_text("Judged before").first.click()
    expect(page.get_by_text("Two of the five named dispatchers left")).to_be_visible()


def look_at_the_track_record(page: Page) -> None:
    """Of the supplier there is enough to tell, of its referees not yet."""
    page.get_by_role("link", name="Whose word can be relied on, over all awards").click()
    supplier = page.get_by_role("row", name=re.compile("Baltic Desk"))
    expect(supplier.first).to_contain_text("6.3 points less than promised")
    expect(page.get_by_role("row", name=re.compile("Hafen Logistik")).first).to_contain_text(
        "Too few to tell"
    )


def look_at_the_next_bid(page: Page) -> None:
    """It stands beside what the same bidder promises now."""
    page.goto("/")
    page.get_by_role("link", name=RUNNING, exact=True).click()
    page.get_by_role("navigation", name="Engagement").get_by_role(
        "link", name="Selection", exact=True
    ).click()
    page.get_by_role("main").get_by_role("link", name="Baltic Desk", exact=True).first.click()
    page.get_by_role("link", name="The evidence about Baltic Desk").click()
    words = page.get_by_role("table", name="Whose word can be relied on")
    expect(words.get_by_role("row", name=re.compile("Baltic Desk"))).to_contain_text(
        "6.3 points less than promised"
    )


def test_a_winner_is_held_against_its_word(sign_in: SignIn, faults: list[str]) -> None:
    ben = sign_in("ben@nordwind.example")
    open_promises(ben)
    judge_the_team_again(ben)
    look_at_the_track_record(ben)
    look_at_the_next_bid(ben)

    # What was refused answered 422, which the browser reports; nothing else went wrong.
    assert [each for each in faults if "422" not in each] == []


def test_the_winner_itself_reads_none_of_it(sign_in: SignIn) -> None:
    cleo = sign_in("cleo@balticdesk.example")

    answer = cleo.goto("/track-record/")

    assert answer is not None
    assert answer.status == 404
