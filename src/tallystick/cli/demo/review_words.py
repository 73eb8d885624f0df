"""What the demo's people write in their two reviews of whole engagements."""

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.engine.reviews.parts import Section


@dataclass(frozen=True, slots=True)
class Words:
    """Judgements by section, and the reasons of the decision."""

    judgements: Mapping[Section, str]
    reasons: str


MID_TERM_WORDS = Words(
    {
        Section.OBJECTIVES: "Satisfaction has risen by six tenths in eighteen months. At this pace "
        "the target is missed by the end of the term.",
        Section.SERVICE_LEVELS: "Response holds. The resolution of the second priority has slid "
        "for four months in a row, and nobody steered against it before the second missed month.",
        Section.CREDITS: "Credits are invoiced late: those of spring came in autumn.",
        Section.MEETINGS: "Months are reviewed within a week. Three actions of the last quarter "
        "are still open; Ben brings them to the next meeting.",
        Section.RISKS: "Nobody had foreseen that two dispatchers would leave in one month.",
        Section.PERCEPTION: "Users see what the figures do not: a ticket is closed in time, and "
        "the trouble comes back the next day.",
        Section.FINDINGS: "We were too patient. From now on a second missed month is escalated.",
        Section.LESSONS: "The holidays of the term are in the calendar, and there was no quarrel "
        "about them.",
    },
    "The service is worth continuing and not as it is. Three people start at seven from next month "
    "on, closed tickets of the second priority are called back, and the renewal carries a level "
    "for tickets that are reopened. If two more months are missed, we tender again.",
)
SWALLOWED = {
    "title": "Closed in time, and back the next day",
    "sentence": "One in seven tickets of the second priority is reopened within three days. No "
    "service level counts them.",
    "remedy": "Measure reopened tickets from the next version of the agreement on.",
}
MID_TERM_MARKS = (
    ("delivery", 3, "Response holds; resolution of P2 was missed twice in the last quarter."),
    ("problems", 2, "The slide was explained by holidays for three months."),
    ("communication", 4, "Cleo calls before we see it in the figures."),
    ("knowledge", 4, "The knowledge base is up to date; we checked thirty articles."),
    ("people", 3, "Two of five dispatchers left within a month."),
    ("again", 3, "Yes, with a level for reopened tickets."),
)

CLOSING_WORDS = Words(
    {
        Section.OBJECTIVES: "Satisfaction rose by a full point and fell short of the target, "
        "mostly for the quarrel about holidays in the first half year.",
        Section.SERVICE_LEVELS: "Good throughout. The months that were missed in spring were "
        "missed on paper: the calendar knew no holidays.",
        Section.CREDITS: "All settled with the final invoice.",
        Section.MEETINGS: "Monthly, on time, and short.",
        Section.RISKS: "The restore drill found what the risk list had not: one of three backups "
        "could not be read.",
        Section.PERCEPTION: "Nobody was asked. Next time both teams are.",
        Section.LESSONS: "Three lessons went into the library, and one became a guardrail.",
    },
    "The term ended as agreed and the platform moved to the new site. Nothing is left open between "
    "us. We would ask Kestrel Systems to bid again.",
)
CLOSING_MARKS = (
    ("delivery", 4, "Eleven of twelve months kept once the holidays were in."),
    ("problems", 4, "The failed restore was traced to its cause within a week."),
    ("communication", 3, "The holidays came up only when credits were due."),
    ("knowledge", 5, "The hand-over file was complete; the new site used it as it stood."),
    ("people", 4, "The same two engineers from the first day to the last."),
    ("again", 4, "We would ask them to bid."),
)
CLOSING_MARKS_BACK = (
    ("requirements", 3, "The calendar of the agreement left the holidays out."),
    ("decisions", 4, "Changes were decided within five working days."),
    ("access", 4, "Badges and accounts on the first day, at both sites."),
    ("communication", 4, "One contact, who answered."),
    ("fairness", 3, "Credits for closed days were claimed before we had talked."),
    ("again", 4, "With holidays in the calendar, at once."),
)
DONE = {
    "Access revoked and accounts closed": "41 accounts and 12 badges, list of the security office.",
    "Assets and data returned, deletion certified": "Certificate of deletion KS-2291, both sites.",
    "Knowledge handed over and accepted": "Hand-over file accepted by the new operator.",
    "Licences and contracts transferred or ended": "Backup licences transferred, two ended.",
    "Claims, credits and retention settled": "Final invoice paid, nothing retained.",
    "A date set for the review of benefits after closing": "In the calendar of the service owner.",
}
