"""The pages on which a version is compared, signed, withdrawn, and told about."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tallystick.actions.withdraw_agreement import withdraw_agreement
from tallystick.records.agreements import Agreement
from tallystick.records.signatures import Signature
from tallystick.web.agreement_turns import turn_words
from tests.cast import PASSWORD, TODAY, an_agreement_document
from tests.proposals import NEXT_YEAR, Table
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Return who sits at the table."""
    return Table()


def a_stricter_version(table: Table) -> Agreement:
    """Return a proposal in which a target rose, after a version in force."""
    table.record()
    levels = an_agreement_document()["service_levels"]
    levels[1] = levels[1] | {"target": "97%"}
    return table.propose(in_force=NEXT_YEAR, service_levels=levels)


# --- whose turn it is


def test_a_proposal_says_whose_turn_it_is_and_since_when(table: Table) -> None:
    agreement = table.propose(as_of=TODAY - timedelta(days=9))
    table.sign(agreement, table.ada, as_of=TODAY - timedelta(days=3))
    agreement.refresh_from_db()

    said = turn_words(agreement, TODAY)

    assert said == "Waiting for Baltic Desk to sign since 3 Jul 2026 (3 days)"


def test_before_the_first_signature_it_is_both_parties_turn(table: Table) -> None:
    agreement = table.propose()

    assert turn_words(agreement, TODAY) == (
        "Waiting for Nordwind Energy and Baltic Desk to sign since 6 Jul 2026 (today)"
    )


@pytest.mark.parametrize("route", ["agreement", "agreement_difference"])
@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_the_turn_stands_on_the_version_s_pages(table: Table, route: str, who: str) -> None:
    agreement = table.propose()

    html = text_of(page(getattr(table, who), route, agreement.public_id))

    assert "Waiting for Nordwind Energy and Baltic Desk to sign since" in html


@pytest.mark.parametrize("route", ["agreements", "engagement"])
def test_the_turn_stands_on_the_engagement_s_pages(table: Table, route: str) -> None:
    table.propose()

    html = text_of(page(table.cleo, route, table.engagement.public_id))

    assert "Waiting for Nordwind Energy and Baltic Desk to sign since" in html


def test_the_portfolio_asks_whoever_may_sign(table: Table) -> None:
    agreement = table.propose()
    table.sign(agreement, table.ada)

    asked = {
        who: "Sign version 1 of the agreement" in text_of(page(getattr(table, who), "home"))
        for who in ("ada", "mia", "cleo")
    }

    assert asked == {"ada": False, "mia": True, "cleo": False}


# --- the difference


def test_what_changes_is_shown_before_signing(table: Table) -> None:
    agreement = a_stricter_version(table)

    html = text_of(page(table.mia, "agreement_sign", agreement.public_id))

    assert "What changes from version 1" in html
    assert "The target: was 95%; now 97%." in html
    assert agreement.digest in html


def test_the_two_documents_stand_side_by_side(table: Table) -> None:
    agreement = a_stricter_version(table)

    html = text_of(page(table.cleo, "agreement_difference", agreement.public_id))

    assert "From version 1 to version 2" in html
    assert "  target: 95%</del>" in html
    assert "  target: 97%</ins>" in html


def test_a_first_version_has_nothing_to_compare_with(table: Table) -> None:
    html = text_of(page(table.ada, "agreement_difference", table.propose().public_id))

    assert "Nothing to compare with" in html


def test_a_version_of_another_engagement_is_nothing_to_compare_with(table: Table) -> None:
    agreement = table.propose()
    other = Table.__dataclass_fields__["engagement"].default_factory  # type: ignore[misc]
    elsewhere = Table(ada=table.ada, mia=table.mia, engagement=other(name="Elsewhere"))  # type: ignore[call-arg]
    foreign = elsewhere.propose(title="Foreign")

    answer = page(table.ada, "agreement_difference", agreement.public_id, against=foreign.public_id)

    assert answer.status_code == 404


# --- signing


def test_who_signed_is_offered_the_checkpoint_to_keep(table: Table) -> None:
    agreement = table.propose()
    table.sign(agreement, table.ada)

    offered = [
        "Download the checkpoint" in text_of(page(who, "agreement", agreement.public_id))
        for who in (table.ada, table.cleo)
    ]

    assert offered == [True, False]


def test_both_parties_sign_on_their_pages(table: Table) -> None:
    agreement = table.propose()
    fields = {"digest": agreement.digest, "password": PASSWORD}

    for who in (table.ada, table.mia):
        answer = post(who, "agreement_sign", agreement.public_id, **fields)
        assert answer["Location"] == reverse("agreement", args=[agreement.public_id])

    html = text_of(page(table.cleo, "agreement", agreement.public_id))
    assert "In force" in html
    assert "Signed for Nordwind Energy" in html
    assert f"{table.mia.person.name}, account manager" in html


def test_a_wrong_password_is_a_clear_refusal_beside_its_field(table: Table) -> None:
    agreement = table.propose()

    answer = post(
        table.ada, "agreement_sign", agreement.public_id, digest=agreement.digest, password="x"
    )

    assert answer.status_code == 422
    assert "That is not your password. Type the password that you sign in with." in text_of(answer)


def test_too_many_wrong_passwords_are_slowed_down(table: Table) -> None:
    agreement = table.propose()
    fields = {"digest": agreement.digest, "password": "x"}

    answers = [post(table.ada, "agreement_sign", agreement.public_id, **fields) for _ in range(6)]

    assert [each.status_code for each in answers] == [422] * 5 + [429]
    assert "Wait five minutes, then try again." in text_of(answers[-1])


def test_a_stale_hash_is_a_conflict_with_the_way_to_the_difference(table: Table) -> None:
    old = table.propose()
    new = table.propose(title="Changed")

    answer = post(table.mia, "agreement_sign", old.public_id, digest=old.digest, password=PASSWORD)

    assert answer.status_code == 409
    way = reverse("agreement_difference", args=[new.public_id]) + f"?against={old.public_id}"
    assert way in text_of(answer)
    assert "The title: was “Service desk services”; now Changed." in text_of(
        page(table.mia, "agreement_difference", new.public_id, against=old.public_id)
    )


def test_a_party_that_has_signed_is_told_so(table: Table) -> None:
    agreement = table.propose()
    table.sign(agreement, table.ada)

    html = text_of(page(table.xen, "agreement_sign", agreement.public_id))

    assert "Your organisation has signed this version" in html
    assert 'type="password"' not in html


# --- what became of it


def test_both_are_told_on_the_page_whose_signature_is_void_and_since_when(table: Table) -> None:
    first = table.propose()
    table.sign(first, table.mia)
    second = table.propose(title="Changed")
    void = (
        f"The signature of {table.mia.person.name} for Baltic Desk, given on 6 Jul 2026, is void."
    )

    pages = [
        text_of(page(who, "agreement", version.public_id))
        for who in (table.ada, table.cleo)
        for version in (first, second)
    ]

    assert all(void in html for html in pages)
    assert "It stands in the place of" in pages[1]
    assert "Replaced by" in pages[0]


@pytest.mark.parametrize("route", ["engagement", "agreements"])
def test_both_are_told_on_the_engagement_s_pages_too(table: Table, route: str) -> None:
    table.sign(table.propose(), table.mia)
    table.propose(title="Changed")

    for who in (table.ada, table.xen, table.mia, table.cleo):
        html = text_of(page(who, route, table.engagement.public_id))
        assert (
            f"{table.ada.person.name}, Nordwind Energy, set version 1 aside for version 2 on "
            "6 Jul 2026."
        ) in html
        assert (
            f"The signature of {table.mia.person.name} for Baltic Desk, given on 6 Jul 2026, is "
            "void."
        ) in html


def test_the_proposer_withdraws_and_the_other_declines(table: Table) -> None:
    agreement = table.propose()

    own = text_of(page(table.ada, "agreement", agreement.public_id))
    others = text_of(page(table.mia, "agreement", agreement.public_id))
    post(table.mia, "agreement_withdraw", agreement.public_id)

    assert "Withdraw it" in own
    assert "Decline it" in others
    assert "Declined" in text_of(page(table.ada, "agreement", agreement.public_id))


def test_what_was_withdrawn_meanwhile_is_said_when_signing(table: Table) -> None:
    agreement = table.propose()
    withdraw_agreement(agreement=agreement, by=table.ada, as_of=TODAY)

    answer = post(
        table.mia, "agreement_sign", agreement.public_id, digest=agreement.digest, password=PASSWORD
    )

    assert answer.status_code == 409
    assert "was withdrawn" in text_of(answer)
    assert not Signature.objects.exists()


def test_a_version_signed_on_paper_says_so(table: Table) -> None:
    html = text_of(page(table.cleo, "agreement", table.record().public_id))

    assert "Signed on paper on" in html
    assert "Signed for" not in html


def test_days_without_agreement_are_said_on_the_list(table: Table) -> None:
    table.record()
    table.agree(gap=True, in_force={"from": "2027-02-01", "until": "2028-01-01"})

    html = text_of(page(table.cleo, "agreements", table.engagement.public_id))

    assert "No agreement is in force from 1 Jan 2027 up to 1 Feb 2027, not included." in html
