"""What a mid-term and a closing review are made of, and what they may decide."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ReviewKind(StrEnum):
    """Which review it is: of a month's statement, or of the engagement as a whole."""

    MONTHLY = "monthly"
    MID_TERM = "mid-term"
    CLOSING = "closing"


OF_AN_ENGAGEMENT = (ReviewKind.MID_TERM, ReviewKind.CLOSING)


class Outcome(StrEnum):
    """What a review of an engagement decides."""

    CONTINUE = "continue"
    CHANGE = "change"
    RE_TENDER = "re-tender"
    EXIT = "exit"
    CLOSED_AS_PLANNED = "closed-as-planned"
    CLOSED_EARLY = "closed-early"
    TRANSFERRED = "transferred"


OUTCOMES: Mapping[ReviewKind, tuple[Outcome, ...]] = MappingProxyType(
    {
        ReviewKind.MID_TERM: (
            Outcome.CONTINUE,
            Outcome.CHANGE,
            Outcome.RE_TENDER,
            Outcome.EXIT,
        ),
        ReviewKind.CLOSING: (
            Outcome.CLOSED_AS_PLANNED,
            Outcome.CLOSED_EARLY,
            Outcome.TRANSFERRED,
        ),
    }
)
"""After PRINCE2 (stage boundary, closing a project) and ISO 44001 (exit)."""


class Section(StrEnum):
    """A part of the evidence that people judge."""

    OBJECTIVES = "objectives"
    SERVICE_LEVELS = "service-levels"
    CREDITS = "credits"
    MEETINGS = "meetings"
    RISKS = "risks"
    PERCEPTION = "perception"
    FINDINGS = "findings"
    LESSONS = "lessons"


TITLES: Mapping[Section, str] = MappingProxyType(
    {
        Section.OBJECTIVES: "Objectives",
        Section.SERVICE_LEVELS: "Service levels",
        Section.CREDITS: "Credits, disputes and relief",
        Section.MEETINGS: "Decisions and reviews held",
        Section.RISKS: "Risks foreseen and occurred",
        Section.PERCEPTION: "What both teams perceive",
        Section.FINDINGS: "Findings open and waived",
        Section.LESSONS: "Lessons applied and learned",
    }
)
PRIVATE = (Section.FINDINGS, Section.LESSONS)
"""What rests on the client's own records, and stays with the client."""
SHARED = tuple(each for each in Section if each not in PRIVATE)
NEEDED = (Section.OBJECTIVES, Section.SERVICE_LEVELS)
"""Without a word on these a review assesses nothing."""


class Achieved(StrEnum):
    """What people say of an objective, once they have seen where it stands."""

    YES = "achieved"
    PARTLY = "partly-achieved"
    NO = "not-achieved"
    OPEN = "too-early-to-say"


class OwedTo(StrEnum):
    """Whose doing it is that an objective was reached, or was not, as far as anybody can tell."""

    PROVIDER = "provider"
    CLIENT = "client"
    BOTH = "both"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"


OWED_WORDS: Mapping[OwedTo, str] = MappingProxyType(
    {
        OwedTo.PROVIDER: "the provider's work",
        OwedTo.CLIENT: "the client's own work",
        OwedTo.BOTH: "the work of both",
        OwedTo.OUTSIDE: "something outside the engagement",
        OwedTo.UNCLEAR: "nobody can tell",
    }
)
