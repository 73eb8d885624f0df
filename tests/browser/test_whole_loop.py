"""The whole loop in a browser: from a ticket export to a guardrail on the next engagement."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tallystick.cli.demo.months import ZONE, Month
from tallystick.cli.demo.tickets import Desk, Performance, as_csv
from tallystick.engine.values import seconds
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

ENGAGEMENT = "ERP application support"
NEXT = "Travel expenses application"
MARGIN = 300
"""Seconds that lie between the newest change and now, so that the file can be complete by now."""
SLOW = Performance(tickets=60, pace=3.0)


def in_days(number: int) -> str:
    """Return a day so many days from today, as a form takes it; below zero, one that is past."""
    return (datetime.now(UTC).date() + timedelta(days=number)).isoformat()


def an_export(folder: Path) -> Path:
    """Write last month's tickets of a desk that is far too slow, with one broken row."""
    now = Month.of(datetime.now(UTC))
    month = now.plus(-1)
    known = seconds(datetime.now(UTC)) - MARGIN
    changes = [
        change for change in Desk(11, "ERP", month, now).month(month, SLOW) if change.at < known
    ]
    path = folder / "erp-tickets.csv"
    path.write_text(as_csv(changes) + "ERP1,not a time,New,P1,Desk,Broken\n", encoding="utf-8")
    return path


def open_engagement(page: Page, tab: str) -> None:
    """Go from the portfolio to a tab of the engagement."""
    page.goto("/")
    page.get_by_role("link", name=ENGAGEMENT, exact=True).click()
    page.get_by_role("navigation", name="Engagement").get_by_role(
        "link", name=tab, exact=True
    ).click()


def import_export(page: Page, folder: Path) -> None:
    """Upload, map, preview and commit a file; wait until it is in."""
    open_engagement(page, "Service data")
    page.get_by_role("link", name="Upload a file").first.click()
    page.get_by_label("File").set_input_files(an_export(folder))
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_role("heading", name="What do the columns mean?")).to_be_visible()
    page.get_by_label("On Hold - Caller").select_option(label="On hold")
    # On the first of a month no change may have followed the month that is to be stated.
    drawn = datetime.now(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M")
    page.get_by_label("The file is complete until").fill(drawn)
    page.get_by_label("Save this mapping as").fill("ERP export")
    page.get_by_role("button", name="Show what it brings").click()

    expect(page.get_by_text("rows read =")).to_be_visible()
    expect(page.get_by_text("1 rejected").first).to_be_visible()
    page.get_by_role("button", name="Import this file").click()

    expect(page.get_by_text("The file is in")).to_be_visible(timeout=60_000)


def measure_and_state(page: Page) -> None:
    """Measure, look at the working of one late ticket, and issue the statement."""
    open_engagement(page, "Service levels")
    page.get_by_role("button", name="Measure").first.click()
    expect(page.get_by_text("Resolution of P2 incidents").first).to_be_visible()

    open_engagement(page, "Statements")
    page.get_by_role("button", name=re.compile("Issue")).first.click()
    expect(page.get_by_role("heading", name=re.compile("Statement of"))).to_be_visible()
    expect(page.get_by_text("Missed", exact=True).first).to_be_visible()


def look_at_the_working(page: Page) -> None:
    """From a missed level of the statement to every interval of one ticket."""
    page.get_by_role("link", name="Resolution of P3 and P4 requests").first.click()
    page.get_by_role("link", name=re.compile(r"^ERP\d+")).first.click()
    expect(page.get_by_text(re.compile("adds? up to"))).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("erp-tickets.csv, line")).first).to_be_visible()


def hold_the_review(page: Page) -> None:
    """Confirm every finding that the statement proposes."""
    open_engagement(page, "Statements")
    page.locator("main a[href^='/statements/']").first.click()
    page.get_by_role("link", name="Hold the review").click()
    choices = page.get_by_role("radio", name=re.compile("^Confirm")).all()
    assert len(choices) >= 2
    for choice in choices:
        choice.check()
    page.get_by_label("What was said and agreed").fill("The handover was too short.")
    page.get_by_role("button", name="Close the review").click()
    expect(page.get_by_text("Confirmed").first).to_be_visible()


def publish_the_lesson(page: Page) -> None:
    """Draft a lesson from the first confirmed finding and publish it."""
    page.get_by_role("link", name="Publish a lesson").first.click()
    expect(page.get_by_text("What gives reason for it")).to_be_visible()
    expect(page.get_by_label("What happened?")).not_to_have_value("")
    page.get_by_label("The lesson in one sentence").fill("Plan for the dip after a handover")
    page.get_by_label("Where did it happen?").fill("ERP support, first month after the handover.")
    page.get_by_label("What is the root cause?").fill("The team had not run the tasks alone.")
    page.get_by_label("What did it cost?").fill("Sixty people waited.")
    page.get_by_label("What prevents it next time?").fill("Agree on a lower volume at first.")
    page.get_by_text("Where it holds").click()
    page.get_by_label("Define", exact=True).check()
    page.get_by_label("Application support", exact=True).check()
    page.get_by_role("button", name="Publish the lesson").click()
    expect(page.get_by_role("heading", name="Plan for the dip after a handover")).to_be_visible()


def raise_the_guardrail(page: Page) -> None:
    """Raise a check from the lesson, having seen what it would catch."""
    page.get_by_role("link", name="Raise a guardrail").click()
    page.get_by_role("link", name="Every objective has an owner at the provider.").click()
    page.get_by_label("Checked from this stage on").select_option("define")
    page.get_by_role("radio", name=re.compile("block", re.IGNORECASE)).check()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Payroll application support").first).to_be_visible()
    page.get_by_role("button", name="Raise the guardrail").click()
    expect(page.get_by_text(re.compile(r"LSN\d{3}")).first).to_be_visible()


def plan_the_next(page: Page) -> None:
    """Plan an engagement; its gate is shut until lessons are answered and findings mended."""
    page.goto("/engagements/new/")
    page.get_by_label("Name").fill(NEXT)
    page.get_by_role("radio", name=re.compile("^Application support")).check()
    page.get_by_label("Scope").fill("Support of the travel expenses application.")
    page.get_by_label("Starts on").fill(in_days(100))
    page.get_by_label("Ends on").fill(in_days(800))
    page.get_by_role("button", name="Plan the engagement").click()
    page.goto("/")
    page.get_by_role("link", name=NEXT, exact=True).click()
    expect(page.get_by_role("heading", name=NEXT)).to_be_visible()


def state_an_objective(page: Page, provider_owner: str) -> None:
    """Write a whole objective, or the one thing that it lacks."""
    page.get_by_label("What shall be better, and for whom").fill(
        "Pay travel expenses within five working days"
    )
    page.get_by_label("Measured by").fill("Median of the expense tool")
    page.get_by_label("Unit").fill("working days")
    page.get_by_label(re.compile(r"^Baseline (?!measured)")).fill("11")
    page.get_by_label("Baseline measured on").fill(in_days(-100))
    page.get_by_label("How the baseline was measured").fill("Median of a quarter")
    page.get_by_label("Target").fill("5")
    page.get_by_label("To be reached by").fill(in_days(500))
    page.get_by_label("Where the figures come from").fill("Expense tool")
    page.get_by_label("Owner at the client").fill("Ben Hartmann")
    page.get_by_label("Owner at the provider").fill(provider_owner)
    page.locator("main form button[type=submit]").last.click()


def identify_the_first_risk(page: Page) -> None:
    """Take up a line of the checklist, from the gate that asks for it."""
    page.get_by_role("link", name="Identify the first risks").click()
    page.get_by_role("link", name=re.compile("Identify it.*Key people leave")).click()
    page.locator("input[name=register]").first.check()
    page.get_by_label("About").select_option("people")
    page.get_by_label("Owner").select_option(label="Ada Moreno")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("navigation", name="Engagement").get_by_role("link", name="Gate").click()


def answer_every_lesson(page: Page) -> int:
    """Adopt each lesson that waits at the gate; return how many there were."""
    waiting = page.get_by_role("button", name="Keep this answer")
    answered = waiting.count()
    for left in reversed(range(answered)):
        form = page.locator("form", has=waiting).first
        form.get_by_label("We adopt it").check()
        form.get_by_label("How, or why not").fill("It is part of our plan.")
        form.get_by_label("What changes because of it").select_option(index=1)
        form.get_by_role("button", name="Keep this answer").click()
        # A click does not wait for the page that answers it; what is left does.
        expect(waiting).to_have_count(left)
    return answered


def see_what_was_prevented(page: Page) -> None:
    """The page that asks whether lessons worked names the engagement that was stopped in time."""
    page.goto("/lessons/effect/")
    expect(page.get_by_role("heading", name="Prevented")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name=NEXT).first).to_be_visible()


def test_from_a_ticket_export_to_a_guardrail_on_the_next_engagement(
    sign_in: SignIn, uploads: Path, faults: list[str]
) -> None:
    dan = sign_in("dan@kestrel.example")
    import_export(dan, uploads)

    ben = sign_in("ben@nordwind.example")
    measure_and_state(ben)
    look_at_the_working(ben)
    hold_the_review(ben)
    publish_the_lesson(ben)

    ada = sign_in("ada@nordwind.example")
    ada.goto("/lessons/?q=dip+after+handover")
    ada.get_by_role("link", name="Plan for the dip after a handover").click()
    raise_the_guardrail(ada)

    plan_the_next(ada)
    ada.get_by_role("navigation", name="Engagement").get_by_role("link", name="Objectives").click()
    ada.locator("a[href$='/objectives/new/']").first.click()
    state_an_objective(ada, provider_owner="")
    ada.get_by_role("navigation", name="Engagement").get_by_role("link", name="Gate").click()

    expect(ada.get_by_text("Plan for the dip after a handover")).to_be_visible()
    expect(ada.get_by_role("button", name="Pass the define gate")).to_be_disabled()
    assert answer_every_lesson(ada) >= 1
    expect(ada.get_by_role("button", name="Pass the define gate")).to_be_disabled()
    expect(ada.locator("#blocking").get_by_text(re.compile(r"LSN\d{3}")).first).to_be_visible()

    ada.locator("#blocking").get_by_role("link", name="Objectives").first.click()
    ada.locator("main a[href$='/edit/']").first.click()
    state_an_objective(ada, provider_owner="Named in the contract")
    ada.get_by_role("navigation", name="Engagement").get_by_role("link", name="Gate").click()
    identify_the_first_risk(ada)
    ada.get_by_role("button", name="Pass the define gate").click()

    expect(ada.get_by_role("heading", name="Select gate")).to_be_visible()
    see_what_was_prevented(ada)
    assert faults == []


def test_the_provider_never_sees_what_the_client_keeps(sign_in: SignIn) -> None:
    cleo = sign_in("cleo@balticdesk.example")

    for address in ("/guardrails/", "/engagements/new/", "/lessons/new/"):
        answer = cleo.goto(address)
        assert answer is not None
        assert answer.status == 404
    cleo.goto("/")
    expect(cleo.get_by_role("link", name="Service desk and workplace", exact=True)).to_be_visible()
    expect(cleo.get_by_text("Data-centre operations")).to_have_count(0)
    expect(cleo.get_by_text("Payroll application support")).to_have_count(0)
