"""A month in which an engagement runs: met, decided, climbed, warned, carried out, and told."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.clock import Clock, a_clock
from tests.browser.conftest import SignIn
from tests.posting import Kept, a_free_port, a_server, text_of

pytestmark = pytest.mark.browser

ENGAGEMENT, FORUM = "Service desk and workplace", "Service review"
QUESTION = "Shall the desk open at six from January on?"
ISSUE = "Newcomers wait three days for their laptop"
TASK = "Bring the list of newcomers a week ahead"
RISK, PLAN = "The ticket system fails for more than a day", "Desk on paper and telephone"
LEVEL = "Resolution of P2 incidents"
SIGN = "Tickets get stuck in the ticket system"


def in_days(number: int) -> str:
    """Return a day so many days from today, as a form takes it; below zero, one that is past."""
    return (datetime.now(UTC).date() + timedelta(days=number)).isoformat()


def tab(page: Page, name: str) -> None:
    """Open a tab of the engagement: from one of its pages, or by way of the portfolio."""
    tabs = page.get_by_role("navigation", name="Engagement")
    if not tabs.count():
        page.goto("/")
        page.get_by_role("link", name=ENGAGEMENT, exact=True).first.click()
    tabs.get_by_role("link", name=name, exact=True).click()


def follow(page: Page, *names: str) -> None:
    """Follow links of the page, one after the other."""
    for name in names:
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def row(page: Page, name: str) -> Locator:
    """Return the row of a table in which something is told."""
    return page.get_by_role("row").filter(has_text=name)


def save(page: Page, said: str, button: str = "Save") -> None:
    """Send the form, and see that it was kept."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(said).first).to_be_visible()


def ask_for_a_decision(provider: Page, client: Page) -> None:
    """A question of a month ago waits for an answer: both sides read that it is late."""
    tab(provider, "Governance")
    follow(provider, "Decisions", "Ask for a decision")
    provider.get_by_label("Question").fill(QUESTION)
    provider.get_by_label("Who sees to it that it is decided").select_option(label="Ola Brandt")
    provider.get_by_label("Which forum decides").select_option(label=FORUM)
    provider.get_by_label("Asked on").fill(in_days(-30))
    save(provider, "The question is kept.")

    tab(client, "Governance")
    follow(client, "Decisions")
    for page in (provider, client):
        expect(row(page, QUESTION)).to_contain_text("Late")


def raise_an_issue(client: Page, provider: Page) -> None:
    """The other side is asked on the first level of the ladder, and both read that."""
    tab(client, "Issues")
    follow(client, "Raise an issue")
    client.get_by_label("What is wrong").fill(ISSUE)
    client.get_by_label("What happened").fill("Since the first of the month, eleven people.")
    client.get_by_label("High", exact=True).check()
    save(client, ISSUE, "Raise the issue")
    whose_turn(client, provider, "level 1: Cleo Wiśniewska (Service delivery manager)")


def whose_turn(client: Page, provider: Page, words: str) -> None:
    """Both sides read who is asked, on which level."""
    for page in (client, provider):
        tab(page, "Issues")
        expect(row(page, ISSUE)).to_contain_text("Baltic Desk")
        follow(page, ISSUE)
        expect(page.get_by_text(f"Baltic Desk is asked on {words}")).to_be_visible()


def prepare_the_agenda(client: Page, provider: Page) -> str:
    """The agenda is filled from what is open; return the address of the meeting."""
    tab(client, "Governance")
    follow(client, FORUM)
    client.get_by_role("row").filter(has_text="Prepared").get_by_role("link").first.click()
    save(client, "The agenda is prepared; both parties read it.", "Prepare it anew")
    provider.goto(client.url)
    for page in (client, provider):
        agenda = page.get_by_role("main")
        for title in ("Actions that are open", "Service levels that missed their target"):
            expect(agenda.get_by_role("heading", name=title)).to_be_visible()
        expect(agenda.get_by_role("listitem").filter(has_text=QUESTION)).to_contain_text("Late")
        expect(agenda.get_by_role("listitem").filter(has_text=ISSUE)).to_contain_text("level 1")
    return client.url


def hold_the_meeting(provider: Page, client: Page, meeting: str) -> None:
    """The provider's chair keeps who was there; a question is decided, an action given."""
    provider.goto(meeting)
    follow(provider, "It was held")
    for name in ("Ben Hartmann", "Ola Brandt", "Cleo Wiśniewska"):
        provider.get_by_role("checkbox", name=re.compile(name)).check()
    provider.get_by_label("Minutes").fill(
        "We went through the levels; the ticket system worries us."
    )
    save(provider, "The meeting was held.")
    expect(provider.get_by_text("Both sides had theirs")).to_be_visible()

    client.goto(meeting)
    client.get_by_role("link", name=re.compile(f"Decide it here.*{re.escape(QUESTION)}")).click()
    client.get_by_label("What was decided").fill("Yes, on working days.")
    save(client, "The decision is kept.", "Keep the decision")
    follow(client, "Give an action")
    client.get_by_label("What is to be done").fill(TASK)
    client.get_by_label("Who does it").select_option(label="Cleo Wiśniewska")
    client.get_by_label("Until").fill(in_days(14))
    save(client, "The action is kept.")

    provider.goto(meeting)
    for told in ("the ticket system worries us", "Yes, on working days.", TASK, "Ola Brandt"):
        expect(provider.get_by_role("main")).to_contain_text(told)


def watch_a_level(provider: Page) -> str:
    """Set an early-warning indicator that reads a measured level; return its risk's address."""
    tab(provider, "Risks")
    follow(provider, RISK)
    risk = provider.url
    follow(provider, "Set an indicator")
    provider.get_by_label("Indicator", exact=True).fill(SIGN)
    provider.get_by_label("A service level").check()
    provider.get_by_label("Service level (optional)").select_option(label=LEVEL)
    provider.get_by_label("Warns if the value is").select_option(label="below")
    provider.get_by_label("Threshold").fill("90")
    provider.get_by_label("So many times in a row").fill("2")
    save(provider, "The indicator is set.")
    return risk


def see_the_warning(client: Page, provider: Page, risk: str) -> None:
    """What was measured has tripped the indicator, and that raises the risk on both sides."""
    for page in (client, provider):
        page.goto(risk)
        expect(page.get_by_text("An early warning", exact=True)).to_be_visible()
        sign = page.get_by_role("listitem").filter(has_text=SIGN).first
        expect(sign).to_contain_text("Tripped")
        tab(page, "Risks")
        expect(page.get_by_text(f"{RISK} may be coming true")).to_be_visible()
        expect(row(page, RISK)).to_contain_text("Early warning")


def carry_the_plan_out(provider: Page, client: Page, risk: str) -> None:
    """The plan is activated; its steps are ticked while a clock runs, and the client watches."""
    provider.goto(risk)
    follow(provider, PLAN, "Activate or test")
    provider.get_by_label("The risk comes true: activate it").check()
    provider.get_by_label("What happened").fill("The ticket system is away since eight.")
    save(provider, "The clock runs.", "Start the clock")
    follow(provider, "Open the checklist")
    steps = provider.get_by_role("button", name=re.compile("^Done"))
    number = steps.count()
    for left in reversed(range(1, number)):
        steps.first.click()
        expect(steps).to_have_count(left)

    client.goto(provider.url)
    expect(client.get_by_text(f"{number - 1} of {number}")).to_be_visible()
    expect(client.get_by_text("Service back within")).to_be_visible()
    client.get_by_role("button", name=re.compile("^Done")).click()
    follow(client, "Stop the clock")
    client.get_by_label("It worked", exact=True).check()
    client.get_by_label("What is to be mended").fill("Two telephone numbers are old.")
    client.get_by_role("main").locator("form button").last.click()
    expect(client.get_by_text("Two telephone numbers are old.").first).to_be_visible()


def review_the_risk(client: Page, provider: Page, risk: str) -> None:
    """Somebody looks at the risk: the warning counts as seen, and both read what was found."""
    client.goto(risk)
    follow(client, "Review")
    client.get_by_label("What you found").fill("Larger: its support ends in March.")
    save(client, "Larger: its support ends in March.")
    for page in (client, provider):
        page.goto(risk)
        expect(page.get_by_text("Larger: its support ends in March.")).to_be_visible()
        expect(page.get_by_text("An early warning", exact=True)).to_have_count(0)


@pytest.fixture
def kept(site: str, home: Path) -> Iterator[tuple[Clock, Kept]]:
    """Run a mail server, and a clock that sends to it."""
    with (
        a_server(Kept(), port := a_free_port()) as server,
        a_clock(
            home,
            TALLYSTICK_MAIL=f"smtp://127.0.0.1:{port}",
            TALLYSTICK_MAIL_FROM="tally@nordwind.example",
            TALLYSTICK_ADDRESS=site,
        ) as clock,
    ):
        yield clock, server


def digests(kept: Kept) -> dict[str, str]:
    """Return what each reader is told of as new; other mails invite to meetings."""
    told = (each for each in kept.mails if "new in your inbox" in str(each["Subject"]))
    return {str(each["To"]): text_of(each) for each in told}


def read_the_digests(told: dict[str, str]) -> str:
    """Each is told what is theirs and why; return where the mail about the issue leads to."""
    assert f"- A question waits for your decision: {QUESTION}" in told["ola@nordwind.example"]
    assert f"- You were given an action: {TASK}" in told["cleo@balticdesk.example"]
    called = told["piotr@balticdesk.example"]
    assert f"- An early-warning indicator has tripped: {SIGN}: {RISK}" in called
    assert f"- A contingency plan was activated: {PLAN}" in called
    climbed = re.search(
        f"- An issue was escalated: {ISSUE}, level 2\n"
        "  because you hold the post “Account manager”\n"
        r"  (\S+)",
        called,
    )
    assert climbed is not None
    return climbed[1]


def test_a_month_of_running(sign_in: SignIn, kept: tuple[Clock, Kept], faults: list[str]) -> None:
    clock, server = kept
    client, provider = sign_in("ben@nordwind.example"), sign_in("cleo@balticdesk.example")
    now = datetime.now(UTC)

    ask_for_a_decision(provider, client)
    raise_an_issue(client, provider)
    meeting = prepare_the_agenda(client, provider)
    hold_the_meeting(provider, client, meeting)

    risk = watch_a_level(provider)
    clock.strike("indicators", now)
    see_the_warning(client, provider, risk)
    carry_the_plan_out(provider, client, risk)
    review_the_risk(client, provider, risk)

    # Nobody answers for ten days; the morning after, mail goes out.
    clock.strike("ladder", now + timedelta(days=10))
    whose_turn(client, provider, "level 2: Piotr Zieliński (Account manager)")
    expect(provider.get_by_text("the clock took it to level 2")).to_be_visible()
    clock.strike("mail", now + timedelta(days=11))
    leads_to = read_the_digests(digests(server))

    asked = sign_in("piotr@balticdesk.example")
    asked.goto(leads_to)
    expect(asked.get_by_role("heading", name=ISSUE)).to_be_visible()
    expect(asked.get_by_role("button", name="Send the answer")).to_be_visible()
    assert faults == []
