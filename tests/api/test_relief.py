"""Claims of relief through the interface."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.actions.test_relief import a_relieving_engagement, of_march
from tests.cast import Cast
from tests.web.test_answers import signed_in
from tests.web.test_relief import a_claim_now, a_patient_engagement

pytestmark = pytest.mark.django_db


def test_a_late_claim_is_refused_with_its_limit(cast: Cast, home: Path) -> None:
    measurement = of_march(a_relieving_engagement(cast, home))

    answer = signed_in(cast.cleo).post(
        f"/api/measurements/{measurement.public_id}/relief",
        {
            "ground": "client-caused",
            "what_happened": "The office was closed.",
            "items": ["T2"],
            "evidence": SimpleUploadedFile("mail.txt", b"mail"),
        },
    )

    assert answer.status_code == 422, answer.content
    assert answer.json()["code"] == "relief.too-late-to-claim"


def test_a_claim_is_decided_and_listed(cast: Cast, home: Path) -> None:
    agreement = a_patient_engagement(cast, home)
    claim = a_claim_now(agreement, cast)
    client = signed_in(cast.ben)

    decided = client.post(
        f"/api/relief/{claim.public_id}/decide",
        {"state": "approved", "reason": "We saw it."},
        content_type="application/json",
    )
    listed = client.get(f"/api/engagements/{agreement.engagement.public_id}/relief").json()

    assert decided.status_code == 200, decided.content
    assert decided.json()["state"] == "approved"
    assert [(each["items"], each["reason"]) for each in listed["items"]] == [(["T2"], "We saw it.")]


def test_a_measurement_names_the_relief_that_it_used(cast: Cast, home: Path) -> None:
    agreement = a_patient_engagement(cast, home)
    claim = a_claim_now(agreement, cast)
    client = signed_in(cast.ben)
    client.post(
        f"/api/relief/{claim.public_id}/decide",
        {"state": "approved", "reason": "We saw it."},
        content_type="application/json",
    )

    made = client.post(f"/api/engagements/{agreement.engagement.public_id}/measure").json()

    [measurement] = made["measurements"]
    assert measurement["relief"] == [claim.public_id]
    assert measurement["relief_digest"].startswith("sha256:")


def test_the_provider_withdraws_its_claim(cast: Cast, home: Path) -> None:
    claim = a_claim_now(a_patient_engagement(cast, home), cast)

    answer = signed_in(cast.cleo).post(
        f"/api/relief/{claim.public_id}/withdraw",
        {"reason": "The office was open."},
        content_type="application/json",
    )

    assert answer.status_code == 200, answer.content
    assert (answer.json()["state"], answer.json()["reason"]) == (
        "withdrawn",
        "The office was open.",
    )
