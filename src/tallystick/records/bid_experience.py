"""What a bidder has done before, and who of its people the bid names."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from tallystick.engine.scoring.experience import PastCase as CaseCounted
from tallystick.engine.scoring.staff import NeededSkill as SkillAsked
from tallystick.engine.scoring.staff import TeamMember
from tallystick.records.audience import ClientPrivate
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection

LOWEST, HIGHEST = 1, 7


class CaseRole(StrEnum):
    """Whether the bidder answered for the work, or worked for another who did."""

    PRIME = "prime"
    SUB = "sub"


class CaseOutcome(StrEnum):
    """How well the work ended, or goes."""

    KEPT = "kept"
    PARTLY = "partly"
    FAILED = "failed"


WORTH = {CaseOutcome.KEPT: 1.0, CaseOutcome.PARTLY: 0.5, CaseOutcome.FAILED: 0.0}


class PastCase(ClientPrivate):
    """
    Work that a bidder has done for somebody; without `until_on` it goes on.

    `similarity` and `scale` say in per cent how alike and how large it is beside ours, at most
    100; `staff` names those who did it and still work there; `evidence` is what shows it.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="cases")
    customer = models.CharField(max_length=120)
    domain = models.CharField(max_length=120, blank=True)
    scope = models.TextField()
    scale = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    role = models.CharField(max_length=10, choices=[(k.value, k.value) for k in CaseRole])
    outcome = models.CharField(max_length=10, choices=[(k.value, k.value) for k in CaseOutcome])
    similarity = models.PositiveSmallIntegerField()
    evidence = models.TextField(blank=True)
    staff = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(similarity__lte=100) & models.Q(scale__lte=100),
                name="case_is_beside_ours",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="case_ends_later",
            ),
        ]
        indexes = [models.Index(fields=["bid", "id"])]

    @property
    def counted(self) -> CaseCounted:
        """Return the case as the engine counts it."""
        return CaseCounted(
            similarity=self.similarity / 100,
            scale=self.scale / 100,
            outcome=WORTH[CaseOutcome(self.outcome)],
            ended_on=self.until_on,
        )


class NeededSkill(ClientPrivate):
    """A skill that the work of a selection asks for, at a level from 1 to 7, of so many people."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="skills")
    skill = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(default=1)
    needed_since = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["selection", "skill", "level"], name="skill_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=LOWEST)
                & models.Q(level__lte=HIGHEST)
                & models.Q(people__gte=1),
                name="skill_is_on_the_scale",
            ),
        ]

    @property
    def asked(self) -> SkillAsked:
        """Return the skill as the engine asks for it."""
        return SkillAsked(self.skill, self.level, self.people)


class BidMember(ClientPrivate):
    """
    Somebody of the team that a bid offers; without a name it is only a promise.

    `levels` holds the level from 1 to 7 of each skill, by the skill's name.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    levels = models.JSONField(default=dict, blank=True)
    named_at = models.DateTimeField()

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["bid", "id"])]

    @property
    def counted(self) -> TeamMember:
        """Return the person as the engine counts them."""
        return TeamMember(self.name, self.levels)
