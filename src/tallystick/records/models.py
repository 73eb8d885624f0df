"""Every record, so that Django finds them; import a record from its own file."""

from tallystick.records.action_items import ActionItem
from tallystick.records.activities import Activity, Responsibility
from tallystick.records.agreements import Agreement
from tallystick.records.attestations import Attestation, Dispute
from tallystick.records.awards import Award, Debrief, Ranking
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Bid, Certificate, Supplier
from tallystick.records.business_cases import BusinessCase
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.records.channels import Channel
from tallystick.records.closing_checks import ClosingCheck
from tallystick.records.contingency import (
    ContingencyPlan,
    PlanRun,
    PrivateContingencyPlan,
    PrivatePlanRun,
)
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.decisions import Decision
from tallystick.records.delivered_scores import DeliveredScore
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.dispute_replies import DisputeClosing, DisputeReply
from tallystick.records.drafts import AgreementDraft
from tallystick.records.echoes import Echo
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.evidence_files import EvidenceFile
from tallystick.records.evidence_packs import EvidencePack, PrivateEvidence, ReviewDraft
from tallystick.records.forums import Forum, Seat
from tallystick.records.guardrails import Guardrail
from tallystick.records.importance import Importance, SharedImportance
from tallystick.records.indicators import Indicator, PrivateIndicator
from tallystick.records.issues import Escalation, Issue
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.ladders import LadderLevel, LadderTest
from tallystick.records.ledger import Checkpoint, LedgerContent, LedgerEntry
from tallystick.records.lesson_evidence import LessonEvidence, LessonFeedback
from tallystick.records.lessons import Disposition, Lesson, LessonStep, SharedLesson
from tallystick.records.mail import Mail, MailPreference
from tallystick.records.measurements import Measurement
from tallystick.records.meetings import Attendance, Meeting
from tallystick.records.norms import NormsAnswer, NormsLink, NormsMeasure, NormsSurvey
from tallystick.records.notes import InternalNote
from tallystick.records.notifications import Notification
from tallystick.records.objective_actuals import ObjectiveActual
from tallystick.records.objectives import Acknowledgement, Objective, ObjectiveVersion
from tallystick.records.organisations import Membership, Organisation
from tallystick.records.people import Person
from tallystick.records.pilots import Pilot
from tallystick.records.policies import GuardrailPolicy
from tallystick.records.posts import Post
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.recurrences import Recurrence
from tallystick.records.references import Reference
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import Review, ReviewFinding
from tallystick.records.risks import PrivateRisk, PrivateRiskStep, Risk, RiskStep
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, CriterionEdit, Selection
from tallystick.records.service_data import Import, SavedMapping, Upload
from tallystick.records.signatures import Signature
from tallystick.records.simulations import PrivateSimulation, RiskBudget, Simulation
from tallystick.records.statements import Statement
from tallystick.records.surveys import Survey, SurveyAnswer, SurveyLink
from tallystick.records.template_items import TemplateItem
from tallystick.records.waivers import Waiver

__all__ = [
    "Acknowledgement",
    "ActionItem",
    "Activity",
    "Agreement",
    "AgreementDraft",
    "Attendance",
    "Attestation",
    "Award",
    "Bid",
    "BidMember",
    "BusinessCase",
    "CalendarFeed",
    "Certificate",
    "Channel",
    "Checkpoint",
    "ClosingCheck",
    "Consensus",
    "ContingencyPlan",
    "CreditEntry",
    "Criterion",
    "CriterionEdit",
    "Debrief",
    "Decision",
    "DeliveredScore",
    "DeliveryTeam",
    "Disposition",
    "Dispute",
    "DisputeClosing",
    "DisputeReply",
    "Echo",
    "Engagement",
    "Escalation",
    "Evaluator",
    "EvidenceFile",
    "EvidencePack",
    "Forum",
    "GatePassage",
    "Guardrail",
    "GuardrailPolicy",
    "Import",
    "Importance",
    "Indicator",
    "InternalNote",
    "Issue",
    "KeptFinding",
    "LadderLevel",
    "LadderTest",
    "LedgerContent",
    "LedgerEntry",
    "Lesson",
    "LessonEvidence",
    "LessonFeedback",
    "LessonStep",
    "Mail",
    "MailPreference",
    "Measurement",
    "Meeting",
    "Membership",
    "NeededSkill",
    "NormsAnswer",
    "NormsLink",
    "NormsMeasure",
    "NormsSurvey",
    "Notification",
    "Objective",
    "ObjectiveActual",
    "ObjectiveVersion",
    "Organisation",
    "PastCase",
    "Person",
    "Pilot",
    "PlanRun",
    "Post",
    "PrivateContingencyPlan",
    "PrivateEvidence",
    "PrivateIndicator",
    "PrivatePlanRun",
    "PrivateRisk",
    "PrivateRiskStep",
    "PrivateSimulation",
    "Ranking",
    "Rating",
    "Recurrence",
    "Reference",
    "ReliefClaim",
    "ReliefDecision",
    "Responsibility",
    "Review",
    "ReviewComment",
    "ReviewDraft",
    "ReviewFinding",
    "ReviewSignature",
    "Risk",
    "RiskBudget",
    "RiskStep",
    "SavedMapping",
    "Score",
    "Seat",
    "Selection",
    "SharedImportance",
    "SharedLesson",
    "SharedRating",
    "Signature",
    "Simulation",
    "Statement",
    "Supplier",
    "Survey",
    "SurveyAnswer",
    "SurveyLink",
    "TemplateItem",
    "Upload",
    "Waiver",
]
