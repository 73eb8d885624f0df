"""Claiming relief on a page, deciding it on another, and what both parties then read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.web import relief
from tests.actions.test_measure_and_state import a_measured_engagement
from tests.actions.test_relief import (
    a_claim,
    a_relieving_engagement,
    an_outage_engagement,
    of_march,
)
from tests.cast import TODAY, Cast
from tests.web.test_answers import signed_in

pytestmark = pytest.mark.django_db

GIVEN = {"ground": "client-caused", "items": "T2\n", "what_happened": "The office was closed."}


def a_patient_engagement(cast: Cast, home: Path) -> Agreement:
    """Return an agreement whose days for claims and decisions are long, whenever this runs."""
    return a_relieving_engagement(cast, home, claim_days=366, decide_days=366)


def claim_path(measurement: Measurement) -> str:
    """Return the address of the form that claims relief."""
    return reverse("relief_claim_new", args=[measurement.public_id])


def a_claim_now(agreement: Agreement, cast: Cast) -> ReliefClaim:
    """Return a claim that was made just now, so that it can be decided."""
    claim = a_claim(agreement, cast.cleo)
    ReliefClaim.objects.filter(pk=claim.pk).update(claimed_at=datetime.now(UTC))
    claim.refresh_from_db()
    return claim


def test_the_provider_claims_from_the_page_of_a_ticket(cast: Cast, home: Path) -> None:
    measurement = of_march(a_patient_engagement(cast, home))
    item = f"{reverse('item', args=[measurement.public_id])}?id=T2"
    link = f"{claim_path(measurement)}?item=T2"

    shown = [
        link in signed_in(who).get(item).content.decode() for who in (cast.cleo, cast.ben, cast.ann)
    ]

    assert shown == [True, False, False]
    assert b"T2</textarea>" in signed_in(cast.cleo).get(link).content


def test_without_relief_in_the_agreement_no_page_offers_it(cast: Cast, home: Path) -> None:
    measurement = of_march(a_measured_engagement(cast, home))
    client = signed_in(cast.cleo)

    page = client.get(reverse("measurement", args=[measurement.public_id]))

    assert "Claim relief" not in page.content.decode()
    assert "grants no relief" in client.get(claim_path(measurement)).content.decode()


def posted(client: Client, measurement: Measurement, **changes: object) -> str:
    """Send the form; return the page that follows."""
    answer = client.post(claim_path(measurement), GIVEN | changes, follow=True)
    return answer.content.decode()


class _Today(datetime):
    """A clock that stands on the day of the cast."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return TODAY


def test_a_claim_is_shown_with_its_evidence_and_who_decides(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relief, "datetime", _Today)
    measurement = of_march(a_patient_engagement(cast, home))

    text = posted(
        signed_in(cast.cleo), measurement, evidence=SimpleUploadedFile("mail.eml", b"mail")
    )

    assert "Waiting for Nordwind Energy since" in text
    assert "mail.eml" in text
    assert ReliefClaim.objects.get().items == ["T2"]


def test_a_refused_claim_keeps_what_was_typed(cast: Cast, home: Path) -> None:
    measurement = of_march(a_relieving_engagement(cast, home))

    text = posted(signed_in(cast.cleo), measurement)

    assert "could be claimed until" in text
    assert "The office was closed." in text


def test_the_client_decides_with_a_reason(cast: Cast, home: Path) -> None:
    claim = a_claim_now(a_patient_engagement(cast, home), cast)
    path = reverse("relief_decide", args=[claim.public_id])
    client = signed_in(cast.ben)

    unreasoned = client.post(path, {"state": "approved", "reason": ""})
    answer = client.post(path, {"state": "approved", "reason": "We saw it."}, follow=True)

    assert unreasoned.status_code == 422
    assert ReliefDecision.objects.get().reason == "We saw it."
    text = answer.content.decode()
    assert "The next measuring leaves it out." in text
    assert 'action="' + path not in text


def test_a_second_decision_is_refused_on_the_page(cast: Cast, home: Path) -> None:
    claim = a_claim_now(a_patient_engagement(cast, home), cast)
    path = reverse("relief_decide", args=[claim.public_id])
    signed_in(cast.ben).post(path, {"state": "approved", "reason": "We saw it."})

    answer = signed_in(cast.ada).post(path, {"state": "rejected", "reason": "No."})

    assert answer.status_code == 422
    assert "approved the claim before" in answer.content.decode()


def test_after_measuring_the_figure_names_its_relief(cast: Cast, home: Path) -> None:
    agreement = a_patient_engagement(cast, home)
    claim = a_claim_now(agreement, cast)
    client = signed_in(cast.ben)
    client.post(
        reverse("relief_decide", args=[claim.public_id]), {"state": "approved", "reason": "Yes."}
    )

    client.post(reverse("measure", args=[agreement.engagement.public_id]))

    measurement = of_march(agreement)
    page = client.get(reverse("measurement", args=[measurement.public_id])).content.decode()
    assert reverse("relief_claim", args=[claim.public_id]) in page
    assert measurement.relief_digest in page
    item = client.get(f"{reverse('item', args=[measurement.public_id])}?id=T2").content.decode()
    assert "Relief was approved for this ticket" in item
    shown = client.get(reverse("relief_claim", args=[claim.public_id])).content.decode()
    assert "The newest measurement leaves it out." in shown


def test_an_availability_asks_for_a_time_and_not_for_tickets(cast: Cast, home: Path) -> None:
    measurement = of_march(an_outage_engagement(cast, home), "portal")

    form = signed_in(cast.cleo).get(claim_path(measurement)).context["form"]

    assert {"component", "since", "until"} <= set(form.fields)
    assert "items" not in form.fields


def test_the_list_says_what_each_claim_counts_as(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    claim = a_claim(agreement, cast.cleo)

    page = signed_in(cast.ann).get(reverse("relief_claims", args=[agreement.engagement.public_id]))

    text = page.content.decode()
    assert reverse("relief_claim", args=[claim.public_id]) in text
    assert "T2" in text


def test_an_engagement_without_claims_says_how_one_is_made(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)

    page = signed_in(cast.cleo).get(reverse("relief_claims", args=[agreement.engagement.public_id]))

    assert "No claim of relief" in page.content.decode()


def test_the_provider_takes_its_claim_back(cast: Cast, home: Path) -> None:
    claim = a_claim_now(a_patient_engagement(cast, home), cast)
    path = reverse("relief_claim", args=[claim.public_id])

    assert "Withdraw the claim" in signed_in(cast.cleo).get(path).content.decode()
    assert "Withdraw the claim" not in signed_in(cast.ben).get(path).content.decode()
    answer = signed_in(cast.cleo).post(
        reverse("relief_withdraw", args=[claim.public_id]), {"reason": "The office was open."}
    )

    assert answer.headers["Location"] == path
    text = signed_in(cast.ben).get(path).content.decode()
    assert f"Withdrawn by {cast.cleo.person.name} on" in text
    assert "The office was open." in text
    assert "Record the decision" not in text
