"""The card of the history, and what a party takes away to keep."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.http import HttpResponse

from tallystick.engine.ledger.verifying import Handed, verify_export
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Checkpoint
from tests.actions.test_ledger import acts
from tests.cast import Cast, an_engagement
from tests.web.pages import page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement(cast: Cast, home: Path) -> Engagement:
    """Return an engagement with two shared acts and a private one."""
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.", "Measured it.")
    acts(cast, engagement.client, "Noted a secret.")
    return engagement


def unpacked(response: HttpResponse) -> ZipFile:
    """Return a download's files."""
    return ZipFile(io.BytesIO(b"".join(response)))  # type: ignore[arg-type]


def test_before_the_first_checkpoint_the_card_says_so(cast: Cast, engagement: Engagement) -> None:
    html = text_of(page(cast.cleo, "history", engagement.public_id))

    assert "None of 2: no checkpoint was handed out yet" in html


def test_both_parties_see_the_newest_checkpoint_and_how_many_acts_came_since(
    cast: Cast, engagement: Engagement
) -> None:
    page(cast.cleo, "checkpoint", engagement.public_id)
    acts(cast, engagement, "Stated it.")

    for who in (cast.ada, cast.cleo):
        html = text_of(page(who, "history", engagement.public_id))
        assert "2, and 1 since" in html
        assert Checkpoint.objects.get().root in html
        assert Checkpoint.objects.get().key in html


def test_a_checkpoint_is_a_text_to_keep(cast: Cast, engagement: Engagement) -> None:
    response = page(cast.cleo, "checkpoint", engagement.public_id)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="checkpoint-service-desk-2.txt"'
    )
    assert text_of(response) == Checkpoint.objects.get().note


def test_a_provider_takes_away_the_shared_chain_alone_and_it_is_sound(
    cast: Cast, engagement: Engagement
) -> None:
    kept = page(cast.cleo, "checkpoint", engagement.public_id).content.decode()
    acts(cast, engagement, "Stated it.")

    files = unpacked(page(cast.cleo, "ledger", engagement.public_id))

    lines = files.read("ledger.jsonl").splitlines(keepends=True)
    report = verify_export(lines, [Handed(kept, "kept")], files.read("key.txt").decode())
    assert (report.sound, report.head.size, report.checkpoints) == (True, 3, 3)
    assert b"secret" not in files.read("ledger.jsonl")


def test_an_engagement_s_ledger_is_not_there_for_others(cast: Cast, engagement: Engagement) -> None:
    answers = [page(cast.dan, name, engagement.public_id) for name in ("checkpoint", "ledger")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Checkpoint.objects.exists()


def test_an_organisation_takes_away_its_own_chain(cast: Cast, engagement: Engagement) -> None:
    mine = unpacked(page(cast.ann, "organisation_ledger")).read("ledger.jsonl")
    theirs = unpacked(page(cast.cleo, "organisation_ledger")).read("ledger.jsonl")

    assert b"Noted a secret." in mine
    assert b"secret" not in theirs
    assert verify_export(theirs.splitlines(keepends=True)).head.size == 0
