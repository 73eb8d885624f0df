"""One truth for two parties, in a browser: a quarrel over a figure, from dispute to settlement."""

import re

import pytest
from playwright.sync_api import Page, expect

from tallystick.cli.demo.people import PASSWORD
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

ENGAGEMENT = "Service desk and workplace"
LEVEL = "Resolution of P2 incidents"
CLIENT, PROVIDER = "ben@nordwind.example", "piotr@balticdesk.example"


def tab(page: Page, name: str) -> None:
    """Open a tab of the engagement."""
    page.goto("/")
    page.get_by_role("link", name=ENGAGEMENT, exact=True).first.click()
    tabs = page.get_by_role("navigation", name="Engagement")
    tabs.get_by_role("link", name=name, exact=True).click()


def newest_statement(page: Page) -> str:
    """Open the newest statement; return its address."""
    tab(page, "Statements")
    page.locator("main table a[href^='/statements/']").first.click()
    expect(page.get_by_role("heading", name=re.compile("^Statement of")).first).to_be_visible()
    return page.url


def attest(page: Page, address: str) -> None:
    """Attest a statement."""
    page.goto(address)
    page.get_by_role("button", name="Attest the statement").click()


def test_a_disputed_point_is_talked_over_before_it_is_settled(sign_in: SignIn) -> None:
    client, provider = sign_in(CLIENT), sign_in(PROVIDER)
    disputed = newest_statement(provider)

    client.goto(disputed)
    client.get_by_role("link", name=re.compile("Open and reply")).click()
    client.get_by_label("Your reply").fill("The building log shows the drill.")
    client.get_by_role("button", name="Send the reply").click()
    expect(client.get_by_text("Waiting for Baltic Desk since")).to_be_visible()

    provider.goto(client.url)
    expect(provider.get_by_text("The building log shows the drill.")).to_be_visible()
    provider.get_by_label("Your reply").fill("Then we wait for your decision.")
    provider.get_by_role("button", name="Send the reply").click()
    expect(provider.get_by_text("Waiting for Nordwind Energy since")).to_be_visible()
    expect(provider.get_by_role("button", name="Close this point")).to_be_visible()


def test_a_disputed_figure_is_relieved_restated_attested_and_settled(sign_in: SignIn) -> None:
    client, provider = sign_in(CLIENT), sign_in(PROVIDER)
    disputed = newest_statement(provider)
    expect(provider.get_by_text("Disputes 1 point").first).to_be_visible()

    # The client decides on the claim behind it.
    client.goto(disputed)
    client.get_by_role("link", name=f"{LEVEL}: Client caused").click()
    expect(client.get_by_text(re.compile("Waiting for Nordwind Energy"))).to_be_visible()
    client.get_by_label("Approve: leave it out").check()
    client.get_by_label("Reason").fill("The building log shows the drill.")
    client.get_by_role("button", name="Record the decision").click()
    expect(client.get_by_text("The next measuring leaves it out.")).to_be_visible()

    # It counts from the next measuring on, and what was stated stays until it is restated.
    tab(client, "Service levels")
    client.get_by_role("button", name="Measure").click()
    client.goto(disputed)
    expect(client.get_by_role("heading", name="The figures read otherwise now")).to_be_visible()
    client.get_by_label("Why it is restated").fill("Relief for the fire drill.")
    client.get_by_role("button", name="Restate for both parties").click()
    expect(client.get_by_text("Relief was approved").first).to_be_visible()
    restated = client.url

    # Both parties are asked again, and say so.
    provider.goto(disputed)
    expect(provider.get_by_text("A later statement takes the place")).to_be_visible()
    attest(provider, restated)
    expect(provider.get_by_text("Waiting for Nordwind Energy").first).to_be_visible()
    attest(client, restated)
    expect(client.get_by_role("heading", name="Both parties attest it")).to_be_visible()

    # Both are handed the same bytes.
    papers = [page.request.get(f"{restated}?format=pdf").body() for page in (client, provider)]
    assert papers[0] == papers[1]
    assert papers[0].startswith(b"%PDF")
    bundles = [page.request.get(f"{restated}bundle/").body() for page in (client, provider)]
    assert bundles[0] == bundles[1]


def test_a_credit_is_invoiced_and_its_payment_confirmed(sign_in: SignIn) -> None:
    provider, lead = sign_in(PROVIDER), sign_in("ada@nordwind.example")

    enter(provider, "Record a credit note", "Credit note or invoice", "CN-9001", "Record it")
    enter(lead, "Confirm a payment", "Payment", "Bank statement 118", "Confirm it")

    tab(provider, "Credits")
    for reference in ("CN-9001", "Bank statement 118"):
        expect(provider.get_by_text(reference).first).to_be_visible()


def enter(page: Page, deed: str, label: str, reference: str, submit: str) -> None:
    """Enter a hundred euros into the credit ledger."""
    tab(page, "Credits")
    fold = page.locator("details", has_text=deed)
    fold.locator("summary").click()
    fold.get_by_label("Amount").fill("100.00")
    fold.get_by_label(label).fill(reference)
    fold.get_by_role("button", name=submit).click()
    expect(page.get_by_text(reference).first).to_be_visible()


def sign(page: Page, version: int) -> None:
    """Read what changes, and sign the version that waits."""
    tab(page, "Agreement")
    page.get_by_role("link", name="read what changes and sign").click()
    expect(page.get_by_role("heading", name=re.compile(f"version {version}")).first).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile(f"Sign version {version}")).click()


def test_a_draft_is_rehearsed_proposed_and_signed_by_both(sign_in: SignIn) -> None:
    client, provider = sign_in("ada@nordwind.example"), sign_in(PROVIDER)

    # Nobody but its writers knows of the draft.
    tab(provider, "Agreement")
    expect(provider.get_by_role("heading", name="Drafts")).to_have_count(0)
    tab(client, "Agreement")
    client.locator("main a[href^='/drafts/']").first.click()
    draft = client.url

    # What would it have cost?
    client.get_by_role("link", name="Rehearse it").click()
    expect(client.get_by_role("heading", name="How it would have fared")).to_be_visible()
    expect(client.get_by_role("row", name=re.compile(LEVEL)).first).to_be_visible()

    # Proposing it sets aside what waited, and the signature on that.
    client.goto(draft)
    client.get_by_role("button", name=re.compile("Propose it as version 3")).click()
    tab(provider, "Agreement")
    expect(provider.get_by_text("Version 3").first).to_be_visible()

    sign(provider, 3)
    expect(provider.get_by_text(re.compile("Waiting for Nordwind Energy")).first).to_be_visible()
    sign(client, 3)
    expect(client.get_by_text(re.compile("Both parties have signed"))).to_be_visible()
    assert provider.goto(draft).status == 404  # type: ignore[union-attr]
