"""Why things go wrong in outsourcing: one list of causes, so that repeats can be told."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Cause(StrEnum):
    """
    The root cause of a lesson, by the part of an engagement in which it is put right.

    Drawn from the six heads of the UK National Audit Office (HC 575, 2021), the significant factors
    of Delen et al. (2016) and the themes of the PRINCE2 lessons log.
    """

    OBJECTIVE_UNCLEAR = "objective-unclear"
    EXPECTATIONS_APART = "expectations-apart"
    REQUIREMENTS_INCOMPLETE = "requirements-incomplete"
    BUSINESS_CASE_HOLLOW = "business-case-hollow"
    CAPABILITY_MISJUDGED = "capability-misjudged"
    REFERENCES_UNCHECKED = "references-unchecked"
    PRICE_OVER_VALUE = "price-over-value"
    CULTURES_APART = "cultures-apart"
    AGREEMENT_GAP = "agreement-gap"
    SERVICE_LEVEL_UNFIT = "service-level-unfit"
    INCENTIVE_MISPLACED = "incentive-misplaced"
    TRANSITION_HURRIED = "transition-hurried"
    KNOWLEDGE_NOT_TRANSFERRED = "knowledge-not-transferred"
    RESPONSIBILITY_UNCLEAR = "responsibility-unclear"
    INFORMATION_NOT_SHARED = "information-not-shared"
    DECISION_LATE = "decision-late"
    ESCALATION_MISSING = "escalation-missing"
    DEMAND_UNMANAGED = "demand-unmanaged"
    CAPACITY_SHORT = "capacity-short"
    SKILL_MISSING = "skill-missing"
    STAFF_TURNOVER = "staff-turnover"
    CHANGE_UNCONTROLLED = "change-uncontrolled"
    PROCESS_NOT_FOLLOWED = "process-not-followed"
    TOOL_OR_DATA_DEFECT = "tool-or-data-defect"
    THIRD_PARTY_FAILURE = "third-party-failure"
    RISK_NOT_SEEN = "risk-not-seen"
    CONTINGENCY_MISSING = "contingency-missing"
    EXIT_UNPREPARED = "exit-unprepared"
    LESSON_NOT_APPLIED = "lesson-not-applied"

    @property
    def words(self) -> str:
        """Return the cause as people say it."""
        return _WORDS.get(self, self.value.replace("-", " ").capitalize())


_WORDS: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.EXPECTATIONS_APART: "The parties expected different things",
        Cause.BUSINESS_CASE_HOLLOW: "Costs left out of the business case",
        Cause.CAPABILITY_MISJUDGED: "Supplier's capability misjudged",
        Cause.PRICE_OVER_VALUE: "Chosen for its price",
        Cause.CULTURES_APART: "Ways of working apart",
        Cause.AGREEMENT_GAP: "Gap in the agreement",
        Cause.SERVICE_LEVEL_UNFIT: "Service level that cannot be measured or met",
        Cause.DECISION_LATE: "Decision taken late",
        Cause.CAPACITY_SHORT: "Too few people for the work",
        Cause.TOOL_OR_DATA_DEFECT: "Defect in a tool or in data",
        Cause.THIRD_PARTY_FAILURE: "Failure of a third party",
        Cause.RISK_NOT_SEEN: "Risk nobody had seen",
        Cause.CONTINGENCY_MISSING: "No contingency plan",
        Cause.EXIT_UNPREPARED: "Exit not prepared",
        Cause.LESSON_NOT_APPLIED: "Known lesson not applied",
    }
)


class LessonKind(StrEnum):
    """Whether a lesson tells what to avoid or what to do again."""

    NEGATIVE = "negative"
    POSITIVE = "positive"


class WasARisk(StrEnum):
    """Whether what happened stood in the risk register before (PRINCE2 lessons log)."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class ContractModel(StrEnum):
    """How the work is paid."""

    FIXED_PRICE = "fixed-price"
    TIME_AND_MATERIALS = "time-and-materials"
    UNIT_PRICE = "unit-price"
    MANAGED_SERVICE = "managed-service"
    OUTCOME_BASED = "outcome-based"


class Size(StrEnum):
    """How large an engagement is, by its charges for a year."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
