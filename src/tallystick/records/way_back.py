"""A lesson -> the finding, review, statement, measurements and imports that it came from."""

from dataclasses import dataclass

from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson
from tallystick.records.measurements import Measurement
from tallystick.records.reviews import Review, ReviewFinding
from tallystick.records.service_data import Import
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class WayBack:
    """
    Every row between a lesson and the files that its figures were computed from.

    A finding of a mid-term or closing review has no `statement`: its way ends at the review's pack.
    """

    finding: ReviewFinding
    review: Review
    engagement: Engagement
    statement: Statement | None
    measurements: list[Measurement]
    imports: list[Import]


def way_back(lesson: Lesson, viewer: Viewer) -> WayBack | None:
    """
    Return the way back; None for a lesson from experience.

    None as well for a viewer who may read the lesson and not the engagement it came from: a
    lesson shared with one provider does not tell of another.
    """
    if lesson.finding_id is None:
        return None
    visible = ReviewFinding.objects.visible_to(viewer)
    told = visible.select_related(
        "review__engagement", "review__pack", "review__statement__agreement"
    )
    finding = told.filter(pk=lesson.finding_id).first()
    if finding is None:
        return None
    statement = finding.review.statement
    measurements = _spoken_of(finding, statement) if statement else []
    imports = Import.objects.filter(measurements__in=measurements).distinct()
    return WayBack(
        finding=finding,
        review=finding.review,
        engagement=finding.review.engagement,
        statement=statement,
        measurements=measurements,
        imports=list(imports.order_by("-imported_at", "-id")),
    )


def _spoken_of(finding: ReviewFinding, statement: Statement) -> list[Measurement]:
    """Return the statement's measurements of the level that the finding names; else all."""
    stated = list(statement.measurements.order_by("id"))
    named = [each for each in stated if f" {each.service_level} " in finding.sentence]
    return named or stated
