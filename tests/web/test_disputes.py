"""A disputed point in the browser: both parties reply, and who raised it closes it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tallystick.actions.attest_statement import attest_statement
from tallystick.actions.close_dispute import close_dispute
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.attestations import Dispute
from tallystick.records.dispute_replies import DisputeClosing, DisputeReply
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import day
from tests.actions.test_answers import a_dispute
from tests.cast import Cast
from tests.web.test_answers import a_fresh_statement, page_of, signed_in

pytestmark = pytest.mark.django_db


def a_fresh_dispute(cast: Cast, home: Path) -> Dispute:
    """Return a point that the provider disputes today."""
    return a_dispute(a_fresh_statement(cast, home), cast.cleo, as_of=datetime.now(UTC))


def page(dispute: Dispute, viewer: Viewer) -> str:
    """Return a disputed point's page as text."""
    answer = signed_in(viewer).get(reverse("dispute", args=[dispute.public_id]))
    return answer.content.decode()


def test_the_page_says_who_is_waited_for_and_since_when(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    text = page(dispute, cast.ann)

    today = day(datetime.now(UTC).date())
    assert f"Waiting for Nordwind Energy since {today} (today)." in text
    assert "T2 waited for the caller." in text
    assert "Send the reply" not in text


def test_a_reply_with_its_evidence_is_read_by_both(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    answer = signed_in(cast.ben).post(
        reverse("dispute_reply", args=[dispute.public_id]),
        {"text": "The log shows no wait.", "evidence": SimpleUploadedFile("log.txt", b"log")},
    )

    assert answer.headers["Location"] == reverse("dispute", args=[dispute.public_id])
    for who in (cast.ben, cast.cleo):
        text = page(dispute, who)
        assert "The log shows no wait." in text
        assert "log.txt" in text
        assert "Waiting for Baltic Desk since" in text
    assert "1 reply" in page_of(dispute.statement, cast.cleo)


def test_only_the_party_that_raised_it_is_offered_to_close_it(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    assert "Close this point" in page(dispute, cast.cleo)
    theirs = page(dispute, cast.ben)
    assert "Close this point" not in theirs
    assert "Baltic Desk raised this point, and alone can withdraw it" in theirs


def test_a_withdrawn_point_asks_its_party_to_answer_anew(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    answer = signed_in(cast.cleo).post(
        reverse("dispute_close", args=[dispute.public_id]),
        {"state": "withdrawn", "words": "We read the wrong row."},
    )

    assert answer.headers["Location"] == reverse("statement", args=[dispute.statement.public_id])
    text = page_of(dispute.statement, cast.cleo)
    assert "Its points are closed. It can attest, or dispute until" in text
    assert f"Baltic Desk withdrew it, {day(datetime.now(UTC).date())}." in text
    assert "We read the wrong row." in page(dispute, cast.ben)
    assert "Send the reply" not in page(dispute, cast.ben)


def test_a_form_of_the_other_party_is_refused_in_words(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    answer = signed_in(cast.ben).post(
        reverse("dispute_close", args=[dispute.public_id]), {"state": "settled", "words": "Done."}
    )

    assert answer.status_code == 422
    assert "Baltic Desk raised this point, and closes it." in answer.content.decode()
    assert not DisputeClosing.objects.exists()


def test_an_empty_reply_says_so_beside_the_field(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    answer = signed_in(cast.ben).post(reverse("dispute_reply", args=[dispute.public_id]))

    assert answer.status_code == 422
    assert answer.context["reply_form"].errors["text"] == ["Write what you reply."]
    assert not DisputeReply.objects.exists()


def test_a_point_that_was_attested_reads_as_settled(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)
    attest_statement(statement=dispute.statement, by=cast.cleo, as_of=datetime.now(UTC))

    words = "The statement was restated, or attested by the party that raised it."
    assert words in page(dispute, cast.ben)


def test_a_statement_that_was_restated_still_says_what_was_disputed(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)
    again = Statement.objects.get()
    again.pk, again.public_id, again.supersedes = None, "restated0000", dispute.statement
    again.save()

    text = page_of(dispute.statement, cast.ben)

    assert "Disputes 1 point, since" in text
    assert "The statement was restated, or attested by the party that raised it." in text


def test_the_portfolio_says_whose_turn_it_is_on_a_point(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)
    turn = "Reply to what is disputed in March 2026"

    def home_of(viewer: Viewer) -> str:
        return signed_in(viewer).get("/").content.decode()

    assert (turn in home_of(cast.ben), turn in home_of(cast.cleo)) == (True, False)
    signed_in(cast.ben).post(
        reverse("dispute_reply", args=[dispute.public_id]), {"text": "No wait in the log."}
    )
    assert (turn in home_of(cast.ben), turn in home_of(cast.cleo)) == (False, True)


def test_a_checkpoint_is_offered_with_every_statement(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    path = reverse("checkpoint", args=[statement.engagement.public_id])

    signed_in(cast.cleo).post(reverse("statement_attest", args=[statement.public_id]))

    for viewer, what in ((cast.cleo, "your attestation"), (cast.ben, "this statement")):
        html = page_of(statement, viewer)
        assert f'href="{path}" download' in html
        assert f"with {what} in it" in html


def test_the_list_says_where_each_statement_stands(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    path = reverse("statements", args=[statement.engagement.public_id])
    since = f"since {day(statement.issued_at.date())} (3 days)."

    def listed() -> str:
        return signed_in(cast.ben).get(path).content.decode()

    assert f"Waiting for Baltic Desk and Nordwind Energy {since}" in listed()
    attest_statement(statement=statement, by=cast.ben, as_of=datetime.now(UTC))
    assert f"Nordwind Energy attested. Waiting for Baltic Desk {since}" in listed()
    dispute = a_dispute(statement, cast.cleo, as_of=datetime.now(UTC))
    today = day(datetime.now(UTC).date())
    text = listed()
    assert "Baltic Desk disputed. Nordwind Energy attested." in text
    assert f"Waiting for Nordwind Energy since {today} (today)." in text
    close_dispute(
        dispute=dispute,
        state=PointState.SETTLED,
        text="Agreed.",
        by=cast.cleo,
        as_of=datetime.now(UTC),
    )
    attest_statement(statement=statement, by=cast.cleo, as_of=datetime.now(UTC))
    assert "Baltic Desk and Nordwind Energy attested." in listed()


def test_the_list_is_narrowed_to_what_waits(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    client = signed_in(cast.ben)
    path = reverse("statements", args=[statement.engagement.public_id])

    shown = client.get(path, {"stands": "waiting"}).context["table"].count
    hidden = client.get(path, {"stands": "disputed"}).context["table"].count

    assert (shown, hidden) == (1, 0)
