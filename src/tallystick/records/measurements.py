"""Measurements: one service level in one window, with the way back to its inputs."""

from fractions import Fraction

from django.db import models

from tallystick.engine.service_levels.measurement import Measurement as Measured
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.terms.goals import Goal, Unit, read_goal
from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.relief import ReliefClaim
from tallystick.records.service_data import Import


class Measurement(EngagementShared):
    """
    Counts and verdict of one service level in one window.

    Never overwritten: measuring again with other inputs adds a row that `supersedes` this one.
    The figure is `numerator` / `denominator` in `unit`, never stored rounded; `goal` and `minimum`
    are spelt as the agreement spells them. `relief` are the approved claims that it left out.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measurements")
    service_level = models.CharField(max_length=80)
    window = models.CharField(max_length=20)
    window_start = models.DateTimeField()
    window_end = models.DateTimeField()
    numerator = models.PositiveBigIntegerField()
    denominator = models.PositiveBigIntegerField()
    pending = models.PositiveBigIntegerField()
    count = models.PositiveBigIntegerField(default=0)
    excluded = models.PositiveBigIntegerField(default=0)
    relieved = models.PositiveBigIntegerField(default=0)
    unmeasured = models.PositiveBigIntegerField(default=0)
    unit = models.CharField(max_length=8, default=Unit.SHARE)
    goal = models.CharField(max_length=40)
    minimum = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=14)
    why = models.CharField(max_length=200, blank=True)
    reporting_only = models.BooleanField(default=False)
    imports = models.ManyToManyField(Import, related_name="measurements")
    relief = models.ManyToManyField(ReliefClaim, related_name="measurements")
    relief_digest = models.CharField(max_length=71, blank=True)
    evidence = models.CharField(max_length=200)
    evidence_digest = models.CharField(max_length=71)
    engine_version = models.CharField(max_length=20)
    zone_data_version = models.CharField(max_length=20)
    data_until = models.DateTimeField()
    measured_at = models.DateTimeField()
    measured_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(numerator__lte=models.F("denominator"))
                | ~models.Q(unit=Unit.SHARE.value),
                name="measurement_numerator_within_denominator",
            )
        ]
        indexes = [models.Index(fields=["engagement", "service_level", "window_start"])]

    @property
    def target(self) -> Goal:
        """Return the expected level."""
        return read_goal(self.goal)

    @property
    def least(self) -> Goal | None:
        """Return the minimum; None where the agreement states none."""
        return read_goal(self.minimum) if self.minimum else None

    @property
    def value(self) -> Fraction | None:
        """Return the exact figure in its unit; None where nothing was decided."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def differs_in(self) -> list[str]:
        """Return in which of its inputs it differs from the measurement that it supersedes."""
        before = self.supersedes
        if before is None:
            return []
        files = {each.pk for each in self.imports.all()}, {each.pk for each in before.imports.all()}
        inputs = {
            "imports": files[0] != files[1],
            "end of the data": self.data_until != before.data_until,
            "engine": self.engine_version != before.engine_version,
            "time-zone data": self.zone_data_version != before.zone_data_version,
        }
        return [name for name, differs in inputs.items() if differs]

    @property
    def measured(self) -> Measured:
        """Return what was measured as the engine knows it."""
        return Measured(
            service_level=self.service_level,
            window=self.window,
            numerator=self.numerator,
            denominator=self.denominator,
            pending=self.pending,
            target=self.target,
            verdict=Verdict(self.verdict),
            count=self.count,
            minimum=self.least,
            excluded=self.excluded,
            relieved=self.relieved,
            unmeasured=self.unmeasured,
            why=self.why,
            reporting_only=self.reporting_only,
        )


FIGURES = (
    "public_id", "engagement", "agreement", "service_level", "window", "window_start",
    "window_end", "numerator", "denominator", "pending", "count", "excluded", "relieved",
    "unmeasured", "unit", "goal", "minimum", "verdict", "why", "reporting_only",
)  # fmt: skip
"""The fields that say what was measured, without the way back; for reading many at once."""
