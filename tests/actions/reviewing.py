"""What tests of reviews of a whole engagement begin with."""

from datetime import date
from pathlib import Path
from typing import Any

from tallystick.actions.confirm_line import confirm_line
from tallystick.actions.open_review import open_review
from tallystick.actions.sign_review import sign_review
from tallystick.actions.write_review import (
    FindingWording,
    ReviewWording,
    draft_digest,
    write_review,
)
from tallystick.engine.guardrails import Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.parts import Outcome, ReviewKind, Section
from tallystick.records.closing_checks import exit_lines
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tallystick.records.reviews import Review
from tallystick.records.viewer import Viewer
from tests.actions.test_measure_and_state import a_measured_engagement
from tests.cast import PASSWORD, TODAY, Cast, an_engagement


def a_pack(cast: Cast, home: Path, kind: ReviewKind = ReviewKind.MID_TERM) -> EvidencePack:
    """Return the pack of a measured engagement, opened today."""
    engagement = a_measured_engagement(cast, home).engagement
    return open_review(engagement=engagement, kind=kind, by=cast.ben, as_of=TODAY)


def a_wording(**changes: Any) -> ReviewWording:
    """Return words that lack nothing for a mid-term review."""
    usual: dict[str, Any] = {
        "judgements": {
            Section.OBJECTIVES: "On the way.",
            Section.SERVICE_LEVELS: "Response holds, resolution does not.",
            Section.FINDINGS: "Between us: too kind so far.",
        },
        "findings": [
            FindingWording("Mornings", Severity.MAJOR, "Too few people.", "Start at seven.")
        ],
        "outcome": Outcome.CONTINUE,
        "reasons": "The cause is known.",
    }
    return ReviewWording(**usual | changes)


def written(pack: EvidencePack, by: Viewer, **changes: Any) -> ReviewDraft:
    """Write on a pack."""
    return write_review(pack=pack, wording=a_wording(**changes), by=by, as_of=TODAY)


def read_digest(pack: EvidencePack) -> str:
    """Return the hash that stands on the page of a pack now."""
    return draft_digest(ReviewDraft.objects.get(pack=pack))


def signed(pack: EvidencePack, by: Viewer) -> Review:
    """Sign what is written on a pack."""
    return sign_review(pack=pack, read=read_digest(pack), password=PASSWORD, by=by, as_of=TODAY)


def a_closing_pack(cast: Cast) -> EvidencePack:
    """Return the closing pack of an engagement with nothing in it, written and decided."""
    engagement = an_engagement(stage=Stage.CLOSE)
    pack = open_review(engagement=engagement, kind=ReviewKind.CLOSING, by=cast.ben, as_of=TODAY)
    written(pack, cast.ben, outcome=Outcome.CLOSED_AS_PLANNED, benefits_on=date(2027, 1, 1))
    return pack


def check_off(engagement: Engagement, by: Viewer) -> None:
    """Confirm every line of the exit checklist."""
    for each in exit_lines(engagement):
        confirm_line(engagement=engagement, line=each.text, note="Seen.", by=by, as_of=TODAY)
