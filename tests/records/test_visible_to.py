"""Who sees which row; the pages only ask."""

from pathlib import Path

import pytest

from tallystick.actions.write_note import write_note
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.notes import InternalNote
from tallystick.records.organisations import Membership, Organisation
from tallystick.records.people import Person, viewer_of
from tallystick.records.roles import MAY, Duty, Role, Side
from tallystick.records.service_data import Import
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement, an_organisation

pytestmark = pytest.mark.django_db


def test_a_provider_sees_its_own_engagements_only(cast: Cast) -> None:
    engagement = an_engagement()

    assert list(Engagement.objects.visible_to(cast.cleo)) == [engagement]
    assert list(Engagement.objects.visible_to(cast.dan)) == []


@pytest.mark.parametrize("stage", [Stage.DEFINE, Stage.SELECT])
def test_before_the_award_a_provider_does_not_know_that_it_is_thought_of(
    cast: Cast, stage: Stage
) -> None:
    an_engagement(stage=stage)

    assert list(Engagement.objects.visible_to(cast.cleo)) == []
    assert list(Organisation.objects.visible_to(cast.cleo)) == [cast.cleo.organisation]


def test_shared_rows_follow_their_engagement(cast: Cast, home: Path) -> None:
    stored = import_text(EVENT_LOG, an_engagement(), cast.cleo, home)

    assert list(Import.objects.visible_to(cast.ben)) == [stored]
    assert list(Import.objects.visible_to(cast.cleo)) == [stored]
    assert list(Import.objects.visible_to(cast.dan)) == []


def test_private_rows_stay_with_the_client(cast: Cast) -> None:
    note = write_note(engagement=an_engagement(), text="Ours", by=cast.ada, as_of=TODAY)

    assert list(InternalNote.objects.visible_to(cast.ben)) == [note]
    assert list(InternalNote.objects.visible_to(cast.cleo)) == []


def test_a_provider_does_not_learn_who_else_provides(cast: Cast) -> None:
    an_engagement()
    an_engagement(name="Other", provider=an_organisation("Kestrel Systems", Side.PROVIDER))

    names = {each.name for each in Organisation.objects.visible_to(cast.cleo)}
    people = set(Person.objects.visible_to(cast.cleo))

    assert names == {"Baltic Desk", "Nordwind Energy"}
    assert cast.dan.person not in people
    assert cast.ada.person in people


def test_an_ended_membership_sees_nothing_from_then_on(cast: Cast) -> None:
    Membership.objects.filter(person=cast.cleo.person).update(ended_at=TODAY)

    assert viewer_of(cast.cleo.person) is None


def test_a_suspended_person_is_nobody(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ben.person.pk).update(is_active=False)

    assert viewer_of(cast.ben.person) is None


@pytest.mark.parametrize("duty", list(Duty))
def test_every_duty_is_carried_by_somebody_and_never_by_the_auditor(duty: Duty) -> None:
    assert MAY[duty]
    assert Role.AUDITOR not in MAY[duty]
