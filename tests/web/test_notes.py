"""Notes stay with the client."""

import pytest
from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.notes import InternalNote
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db


def notes(cast: Cast, engagement: Engagement, count: int) -> None:
    """Store so many notes."""
    for number in range(count):
        InternalNote.objects.create(
            client=engagement.client,
            engagement=engagement,
            text=f"Note {number}.",
            written_at=TODAY,
            written_by=cast.ada.person,
        )


def test_a_note_is_kept_and_shown(cast: Cast) -> None:
    engagement = an_engagement()

    response = post(cast.eva, "note_new", engagement.public_id, text="Walk away at 5.")

    assert response.status_code == 302
    assert "Walk away at 5." in text_of(page(cast.ann, "notes", engagement.public_id))


def test_an_empty_note_is_refused(cast: Cast) -> None:
    engagement = an_engagement()

    response = post(cast.ada, "note_new", engagement.public_id, text="  ")

    assert response.status_code == 422
    assert "Write the note first." in text_of(response)


def test_an_auditor_reads_and_does_not_write(cast: Cast) -> None:
    engagement = an_engagement()

    html = text_of(page(cast.ann, "notes", engagement.public_id))

    assert "Keep the note" not in html
    assert post(cast.ann, "note_new", engagement.public_id, text="x").status_code == 403


def test_a_provider_knows_no_notes(cast: Cast) -> None:
    engagement = an_engagement()

    assert page(cast.cleo, "notes", engagement.public_id).status_code == 404


def test_markup_in_a_note_stays_text(cast: Cast) -> None:
    engagement = an_engagement()

    post(cast.ada, "note_new", engagement.public_id, text="<script>alert(1)</script>")

    html = text_of(page(cast.ada, "notes", engagement.public_id))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_notes_come_in_pages_at_the_same_cost(cast: Cast) -> None:
    engagement = an_engagement()
    client, path = signed_in(cast.ada), reverse("notes", args=[engagement.public_id])
    notes(cast, engagement, 5)
    few = queries_for(client, path)
    notes(cast, engagement, 45)

    assert queries_for(client, path) == few
    assert text_of(client.get(path)).count("Note ") == 20
