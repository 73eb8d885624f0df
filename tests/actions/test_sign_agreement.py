"""Two signatures, each with a password and the hash that was read, put a version into force."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.actions.passwords import TooManyPasswords, WrongPassword
from tallystick.actions.proposals import NotOpen
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.sign_agreement import AlreadySigned, StaleHash
from tallystick.actions.versions import GapUnsaid
from tallystick.actions.withdraw_agreement import withdraw_agreement
from tallystick.engine.service_levels.agreement import VersionsOverlap
from tallystick.records.agreements import (
    Agreement,
    AgreementState,
    agreement_on,
    signed_after,
    standing_of,
)
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.signatures import Signature
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY
from tests.proposals import NEXT_YEAR, Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Return who sits at the table."""
    return Table()


def state_of(agreement: Agreement) -> str:
    """Return the stored state."""
    return Agreement.objects.values_list("state", flat=True).get(pk=agreement.pk)


def test_a_signature_says_who_for_whom_in_which_role_when_and_what(table: Table) -> None:
    agreement = table.propose()

    signature = table.sign(agreement, table.mia)

    assert signature.signed_by == table.mia.person
    assert signature.organisation == table.mia.organisation
    assert (signature.role, signature.signed_at) == ("account-manager", TODAY)
    assert signature.digest == agreement.digest
    assert state_of(agreement) == AgreementState.SIGNED_BY_ONE


@pytest.mark.parametrize("order", [("ada", "mia"), ("mia", "ada"), ("xen", "mia")])
def test_the_second_party_s_signature_puts_it_into_force(
    table: Table, order: tuple[str, str]
) -> None:
    agreement = table.propose()

    for who in order:
        table.sign(agreement, getattr(table, who))

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.IN_FORCE
    assert agreement.signed_on == TODAY.date()
    assert Signature.objects.count() == 2


def test_each_signature_hands_both_parties_a_checkpoint(table: Table) -> None:
    agreement = table.propose()

    for who in (table.ada, table.mia):
        table.sign(agreement, who)

    signed = LedgerEntry.objects.filter(action="sign_agreement").values_list("seq", flat=True)
    for who in (table.ada, table.mia):
        handed = Checkpoint.objects.visible_to(who).values_list("size", flat=True)
        assert sorted(handed) == sorted(signed)


def test_each_signature_is_entered_where_both_read_it(table: Table) -> None:
    table.agree()

    said = LedgerEntry.objects.filter(action="sign_agreement").order_by("id")
    assert [each.sentence for each in said] == [
        "Signed version 1 of the agreement for Nordwind Energy.",
        "Signed version 1 of the agreement for Baltic Desk. Both have signed: it is in force "
        "from 2026-01-01.",
    ]


def test_the_day_of_signing_is_that_of_the_agreement_s_own_zone(table: Table) -> None:
    agreement = table.propose()
    late = TODAY.replace(hour=23)  # past midnight in Berlin

    table.sign(agreement, table.ada)
    table.sign(agreement, table.mia, as_of=late)

    agreement.refresh_from_db()
    assert agreement.signed_on == date(2026, 7, 7)


@pytest.mark.parametrize("who", ["cleo"])
def test_only_the_right_duties_sign(table: Table, who: str) -> None:
    with pytest.raises(NotPermitted):
        table.sign(table.propose(), getattr(table, who))


def test_a_party_signs_once(table: Table) -> None:
    agreement = table.propose()
    table.sign(agreement, table.ada)

    with pytest.raises(AlreadySigned):
        table.sign(agreement, table.xen)

    assert Signature.objects.count() == 1


# --- the password


def test_a_wrong_password_is_refused_and_nothing_is_written(table: Table) -> None:
    agreement = table.propose()
    before = LedgerEntry.objects.count()

    with pytest.raises(WrongPassword) as refused:
        table.sign(agreement, table.ada, password="a guess")

    assert refused.value.place == "password"
    assert (Signature.objects.count(), LedgerEntry.objects.count()) == (0, before)


def test_guessing_the_password_is_slowed_down(table: Table) -> None:
    agreement = table.propose()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            table.sign(agreement, table.ada, password="a guess")

    with pytest.raises(TooManyPasswords):
        table.sign(agreement, table.ada)

    assert not Signature.objects.exists()


def test_slow_guessing_ends_after_five_minutes_and_for_others_never_began(table: Table) -> None:
    agreement = table.propose()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            table.sign(agreement, table.ada, password="a guess")

    table.sign(agreement, table.mia)
    table.sign(agreement, table.ada, as_of=TODAY + timedelta(minutes=5))

    assert Signature.objects.count() == 2


# --- the hash (cases 16 and 18)


def test_signing_another_hash_is_refused(table: Table) -> None:
    agreement = table.propose()

    with pytest.raises(StaleHash) as refused:
        table.sign(agreement, table.ada, digest="sha256:" + "0" * 64)

    assert refused.value.current == agreement
    assert not Signature.objects.exists()


def test_signing_the_hash_of_an_old_draft_is_refused(table: Table) -> None:
    old = table.propose()
    new = table.propose(title="Changed")

    with pytest.raises(StaleHash) as refused:
        table.sign(old, table.mia)

    assert refused.value.current == new
    assert not Signature.objects.exists()


def test_an_edit_after_the_first_signature_makes_a_new_version_and_voids_it(table: Table) -> None:
    first = table.propose()
    signature = table.sign(first, table.mia)

    second = table.propose(title="Changed")

    assert (state_of(first), state_of(second)) == ("replaced", "proposed")
    assert list(Signature.objects.all()) == [signature]
    assert not second.signatures.exists()
    told = LedgerEntry.objects.filter(engagement=table.engagement).order_by("-id")[1]
    assert told.sentence == (
        "Set version 1 of the agreement aside for version 2. The signature of "
        f"{table.mia.person.name} for Baltic Desk is void."
    )
    for who in (table.ada, table.cleo):
        assert told in LedgerEntry.objects.visible_to(who)


def test_a_void_signature_does_not_count_for_the_new_version(table: Table) -> None:
    table.sign(table.propose(), table.mia)
    second = table.propose(title="Changed")

    table.sign(second, table.ada)

    assert state_of(second) == AgreementState.SIGNED_BY_ONE


# --- withdrawn and declined


def test_its_proposer_withdraws_a_version_and_the_other_party_declines_it(table: Table) -> None:
    one = table.propose()
    withdraw_agreement(agreement=one, by=table.ada, as_of=TODAY)
    two = table.propose(title="Again")
    withdraw_agreement(agreement=two, by=table.mia, as_of=TODAY)

    assert (state_of(one), state_of(two)) == ("withdrawn", "declined")


def test_a_withdrawn_version_is_not_signed(table: Table) -> None:
    agreement = table.propose()
    table.sign(agreement, table.ada)
    withdraw_agreement(agreement=agreement, by=table.ada, as_of=TODAY)

    with pytest.raises(NotOpen):
        table.sign(agreement, table.mia)

    assert state_of(agreement) == AgreementState.WITHDRAWN


def test_a_version_in_force_is_not_withdrawn(table: Table) -> None:
    agreement = table.agree()

    with pytest.raises(NotOpen):
        withdraw_agreement(agreement=agreement, by=table.ada, as_of=TODAY)


# --- days (case 19)


def test_a_version_signed_ahead_does_not_hide_the_one_that_holds(table: Table) -> None:
    held = table.agree()
    ahead = table.agree(in_force=NEXT_YEAR)

    today, next_year = TODAY.date(), date(2027, 6, 1)
    assert agreement_on(table.engagement, today) == held
    assert agreement_on(table.engagement, next_year) == ahead
    assert standing_of(held, today, followed=True) == "in-force"
    assert standing_of(ahead, today) == "ahead"
    assert signed_after(table.engagement, held.in_force_from) == ahead
    assert standing_of(held, next_year, followed=True) == "superseded"


def test_a_superseded_version_is_still_measured_in_its_own_days(table: Table, home: Path) -> None:
    held = table.agree(in_force={"from": "2026-01-01", "until": "2026-04-01"})
    table.agree(in_force={"from": "2026-04-01", "until": "2027-01-01"})
    import_text(EVENT_LOG, table.engagement, table.cleo, home)

    measure_service_levels(engagement=table.engagement, by=table.ada, as_of=TODAY)

    assert "2026-03" in {each.window for each in held.measurements.all()}


@pytest.mark.parametrize("kind", ["proposed", "signed by one"])
def test_what_is_not_signed_by_both_is_not_measured(table: Table, kind: str) -> None:
    agreement = table.propose()
    if kind == "signed by one":
        table.sign(agreement, table.ada)

    assert agreement_on(table.engagement, TODAY.date()) is None


def test_days_taken_since_the_proposal_are_refused_at_the_second_signature(table: Table) -> None:
    agreement = table.propose(title="Slow")
    table.sign(agreement, table.ada)
    table.record(version=2)

    with pytest.raises(VersionsOverlap):
        table.sign(agreement, table.mia)

    assert state_of(agreement) == AgreementState.SIGNED_BY_ONE
    assert Signature.objects.count() == 1


def test_a_gap_that_arose_since_the_proposal_is_refused(table: Table) -> None:
    agreement = table.propose(in_force=NEXT_YEAR)
    table.sign(agreement, table.ada)
    table.record(version=2, in_force={"from": "2026-01-01", "until": "2026-12-01"})

    with pytest.raises(GapUnsaid):
        table.sign(agreement, table.mia)


def test_a_gap_that_was_accepted_is_signed(table: Table) -> None:
    table.record()

    later = table.agree(gap=True, in_force={"from": "2027-02-01", "until": "2028-01-01"})

    assert later.state == AgreementState.IN_FORCE


# --- on paper


def test_what_was_signed_on_paper_is_in_force_without_signatures(table: Table) -> None:
    paper, signed = table.record(), table.agree(in_force=NEXT_YEAR)

    assert (paper.on_paper, signed.on_paper) == (True, False)
    assert paper.state == AgreementState.IN_FORCE
    assert not paper.signatures.exists()
