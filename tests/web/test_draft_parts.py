"""The editor: begin, write part by part, see what is open, rehearse."""

from pathlib import Path

import pytest

from tallystick.records.drafts import AgreementDraft
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG
from tests.proposals import Table as Proposals
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db
PARTS = ("parties", "calendar-office", "level-0", "credits", "dealings")


@pytest.fixture
def proposals() -> Proposals:
    """Give an engagement and the people of both parties."""
    return Proposals()


def begin(proposals: Proposals, start: str) -> AgreementDraft:
    """Begin a draft as Ada."""
    answer = post(proposals.ada, "draft_begin", proposals.engagement.public_id, start=start)
    assert answer.status_code == 302
    return AgreementDraft.objects.get()


def test_a_template_comes_with_the_parties_and_the_term(proposals: Proposals) -> None:
    document = begin(proposals, "service-desk").document

    assert document["client"] == "Nordwind Energy"
    assert document["provider"] == "Baltic Desk"
    assert document["in_force"] == {"from": "2025-01-01", "until": "2026-01-01"}


def test_a_template_after_a_version_takes_its_id_and_begins_where_it_ends(
    proposals: Proposals,
) -> None:
    proposals.record(id="our-desk")

    document = begin(proposals, "software-development").document

    assert document["id"] == "our-desk"
    assert document["in_force"] == {"from": "2027-01-01", "until": "2028-01-01"}


def test_a_version_comes_with_its_defaults_written_out(proposals: Proposals) -> None:
    proposals.record()

    document = begin(proposals, "version-1").document

    assert document["statements"] == {
        "issue_days": 10, "dispute_days": 20, "unanswered": "attested",
    }  # fmt: skip


def test_versions_and_templates_are_offered(proposals: Proposals) -> None:
    proposals.record()

    shown = text_of(page(proposals.ada, "draft_begin", proposals.engagement.public_id))

    assert "Version 1: Service desk services" in shown
    assert "Infrastructure operations" in shown


def test_without_a_choice_the_form_is_shown_again(proposals: Proposals) -> None:
    answer = post(proposals.ada, "draft_begin", proposals.engagement.public_id)

    assert answer.status_code == 422
    assert "Choose what to begin with" in text_of(answer)


def test_the_parts_say_what_they_leave_open(proposals: Proposals) -> None:
    shown = text_of(page(proposals.ada, "draft_parts", proposals.draft().public_id))

    for title in ("Parties and term", "Calendar: office", "Response to incidents"):
        assert title in shown
    assert "major" in shown


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_shown_with_fields_and_words(proposals: Proposals, part: str) -> None:
    answer = page(proposals.ada, "draft_part", proposals.draft().public_id, part)

    assert answer.status_code == 200
    assert "In plain words" in text_of(answer)


def test_an_unfinished_draft_is_shown_without_words(proposals: Proposals) -> None:
    draft = proposals.draft(zone="Nowhere")

    shown = text_of(page(proposals.ada, "draft_part", draft.public_id, "parties"))

    assert "is not a time zone" in shown
    assert "once the whole draft reads" in shown


def test_what_is_typed_is_kept_and_shown_with_what_it_leaves_open(proposals: Proposals) -> None:
    draft = proposals.draft()
    given = {"seen": draft.digest, "title": "Desk", "client": "", "zone": "Nowhere"}

    answer = post(proposals.ada, "draft_part", draft.public_id, "parties", **given)

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.title, draft.document["zone"]) == ("Desk", "Nowhere")
    assert "client" not in draft.document


def test_a_refused_form_keeps_what_was_typed(proposals: Proposals) -> None:
    draft = proposals.draft()
    given = {"seen": draft.digest, "name": "Fast", "more": "clock: ["}

    answer = post(proposals.ada, "draft_part", draft.public_id, "level-0", **given)

    assert answer.status_code == 422
    assert 'value="Fast"' in text_of(answer)
    assert "clock: [" in text_of(answer)


def test_a_colleague_s_words_are_not_overwritten(proposals: Proposals) -> None:
    draft = proposals.draft()
    given = {"seen": "sha256:old", "title": "Mine"}

    answer = post(proposals.ada, "draft_part", draft.public_id, "parties", **given)

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert draft.title == "Service desk services"
    assert 'value="Mine"' in text_of(answer)


def test_an_empty_form_writes_nothing(proposals: Proposals) -> None:
    draft = proposals.draft()

    answer = post(proposals.ada, "draft_part", draft.public_id, "parties")

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert draft.title == "Service desk services"


def test_a_level_is_added_and_removed(proposals: Proposals) -> None:
    draft = proposals.draft()
    adding = {"seen": draft.digest, "kind": "level", "name": "Response"}
    post(proposals.ada, "draft_part_add", draft.public_id, **adding)
    draft.refresh_from_db()
    assert [each["id"] for each in draft.document["service_levels"]] == [
        "response", "resolution", "response-2",
    ]  # fmt: skip

    removing = {"seen": draft.digest, "remove": "1"}
    post(proposals.ada, "draft_part", draft.public_id, "level-0", **removing)

    draft.refresh_from_db()
    assert [each["id"] for each in draft.document["service_levels"]] == ["resolution", "response-2"]


def test_a_calendar_is_added_once(proposals: Proposals) -> None:
    draft = proposals.draft()
    adding = {"seen": draft.digest, "kind": "calendar", "name": "Office"}

    answer = post(proposals.ada, "draft_part_add", draft.public_id, **adding)

    assert answer.status_code == 422
    assert "There is a calendar of this name" in text_of(answer)


def test_the_other_party_finds_nothing(proposals: Proposals) -> None:
    draft = proposals.draft()

    for route, *more in (("draft_parts",), ("draft_part", "parties"), ("draft_rehearsal",)):
        assert page(proposals.mia, route, draft.public_id, *more).status_code == 404


def test_a_part_that_is_not_there_is_not_found(proposals: Proposals) -> None:
    draft = proposals.draft()

    for part in ("level-9", "calendar-nowhere", "else"):
        assert page(proposals.ada, "draft_part", draft.public_id, part).status_code == 404


def test_a_rehearsal_shows_the_draft_beside_what_is_in_force(
    proposals: Proposals, home: Path
) -> None:
    import_text(EVENT_LOG, proposals.engagement, proposals.cleo, home)
    proposals.record()
    draft = proposals.draft(in_force={"from": "2028-01-01", "until": "2029-01-01"})

    shown = text_of(page(proposals.ada, "draft_rehearsal", draft.public_id))

    assert "0 of 2" in shown
    assert "Never met" in shown
    assert "66.66%" in shown


def test_an_attribute_that_the_data_lack_is_said_on_the_page(
    proposals: Proposals, home: Path
) -> None:
    import_text(EVENT_LOG, proposals.engagement, proposals.cleo, home)
    draft = begin(proposals, "application-support")

    answer = page(proposals.ada, "draft_rehearsal", draft.public_id)

    assert answer.status_code == 200
    assert "Not rehearsed:" in text_of(answer)


def test_without_data_or_agreement_the_page_says_what_is_missing(proposals: Proposals) -> None:
    whole, unfinished = proposals.draft(), proposals.draft(zone="Nowhere")

    assert "No service data" in text_of(page(proposals.ada, "draft_rehearsal", whole.public_id))
    assert "not a time zone" in text_of(
        page(proposals.ada, "draft_rehearsal", unfinished.public_id)
    )


def test_a_rehearsal_s_windows_can_be_downloaded(proposals: Proposals, home: Path) -> None:
    import_text(EVENT_LOG, proposals.engagement, proposals.cleo, home)
    draft = proposals.draft()

    answer = page(proposals.ada, "draft_rehearsal", draft.public_id, **{"windows-format": "csv"})

    assert answer.headers["Content-Type"].startswith("text/csv")
