"""The one list of status words: what each is called, its tone and its icon."""

from dataclasses import dataclass

from tallystick.web.components.words import sentence


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown; `tone` is one of good, warn, bad, info, quiet."""

    tone: str
    icon: str
    word: str = ""


_GOOD = Look("good", "check-circle")
_QUIET = Look("quiet", "minus-circle")

LOOKS: dict[str, Look] = {
    # verdicts on service levels and on items
    "met": _GOOD,
    "missed": Look("bad", "x-circle"),
    "nothing-due": _QUIET,
    "below-expected": Look("warn", "exclamation-triangle"),
    "not-measured": Look("quiet", "question-mark-circle"),
    "pending": Look("info", "clock"),
    "excluded": Look("quiet", "no-symbol"),
    "done-in-time": _GOOD,
    "done-late": Look("bad", "x-circle"),
    "open-in-time": Look("info", "clock"),
    "open-late": Look("bad", "exclamation-circle"),
    "no-limit": _QUIET,
    "relieved": Look("quiet", "scale"),
    "never-started": _QUIET,
    "reopened": Look("bad", "arrow-path"),
    "no-due-date": Look("warn", "question-mark-circle"),
    "no-value": Look("warn", "question-mark-circle"),
    "good": _GOOD,
    "not-good": Look("bad", "x-circle"),
    "still-open": Look("info", "clock"),
    # what a stretch of a service is
    "up": _GOOD,
    "down": Look("bad", "x-circle"),
    "too-short": Look("quiet", "clock", "Too short to count"),
    "excused": Look("quiet", "scale"),
    "maintenance": Look("info", "clock"),
    "unmeasured": Look("warn", "question-mark-circle", "Not measured"),
    # severities
    "blocker": Look("bad", "hand-raised"),
    "major": Look("warn", "exclamation-triangle"),
    "minor": Look("info", "information-circle"),
    # how much an issue weighs, and what a ladder lacks
    "critical": Look("bad", "exclamation-circle"),
    "high": Look("warn", "exclamation-triangle"),
    "medium": Look("info", "information-circle"),
    "low": Look("quiet", "minus-circle"),
    "gap": Look("warn", "exclamation-triangle"),
    "overdue": Look("bad", "clock"),
    "nobody-left": Look("bad", "exclamation-circle", "Nobody left to ask"),
    "all-answered": Look("good", "check-badge", "Everybody answered"),
    "somebody-silent": Look("bad", "x-circle", "Somebody did not answer"),
    # findings, and what a gate says
    "proposed": Look("info", "light-bulb"),
    "confirmed": Look("warn", "flag"),
    "dismissed": Look("quiet", "archive-box"),
    "open": Look("warn", "exclamation-circle"),
    "passed": Look("good", "check-badge"),
    "blocked": Look("bad", "lock-closed"),
    "ready": _GOOD,
    "clear": Look("good", "shield-check", "No finding"),
    # what a review of an engagement decides, and says of an objective
    "continue": Look("good", "play-circle"),
    "change": Look("warn", "arrow-path", "Change course"),
    "re-tender": Look("warn", "arrows-right-left", "Tender again"),
    "exit": Look("bad", "stop-circle"),
    "closed-as-planned": Look("good", "check-badge"),
    "closed-early": Look("warn", "stop-circle"),
    "transferred": Look("info", "arrows-right-left"),
    "achieved": _GOOD,
    "partly-achieved": Look("warn", "exclamation-triangle"),
    "not-achieved": Look("bad", "x-circle"),
    "too-early-to-say": Look("quiet", "clock"),
    # how an objective fares
    "on-track": _GOOD,
    "reached": Look("good", "check-badge"),
    "kept": _GOOD,
    "not-kept": Look("bad", "x-circle"),
    "slightly-behind": Look("warn", "exclamation-triangle"),
    "far-behind": Look("bad", "exclamation-circle"),
    "projected-late": Look("warn", "clock"),
    "just-begun": Look("quiet", "play-circle"),
    "no-value-yet": Look("quiet", "minus-circle"),
    "no-figures": Look("quiet", "question-mark-circle"),
    # links to a survey
    "used": _GOOD,
    "revoked": Look("quiet", "no-symbol"),
    "over": Look("quiet", "stop-circle"),
    "expired": Look("warn", "clock", "Run out"),
    # meetings, decisions, action items, responsibilities
    "planned": Look("quiet", "calendar"),
    "prepared": Look("info", "document-check"),
    "held": _GOOD,
    "not-held": Look("bad", "x-circle"),
    "skipped": Look("warn", "no-symbol"),
    "late": Look("bad", "exclamation-circle"),
    "decided": Look("good", "check-badge"),
    "done": _GOOD,
    "hole": Look("bad", "exclamation-triangle", "What is wrong"),
    # dispositions
    "adopted": _GOOD,
    "not-applicable": _QUIET,
    "deferred": Look("warn", "clock"),
    "unanswered": Look("bad", "question-mark-circle", "Not answered"),
    "approved": _GOOD,
    # agreements, statements and acknowledgements
    "draft": Look("quiet", "pencil"),
    "signed-by-one": Look("info", "pencil-square"),
    "in-force": Look("good", "shield-check"),
    "ahead": Look("info", "calendar", "Signed, ahead"),
    "ended": Look("quiet", "stop-circle"),
    "superseded": Look("quiet", "archive-box"),
    "withdrawn": Look("quiet", "arrow-uturn-left"),
    "declined": Look("warn", "hand-raised"),
    "replaced": Look("quiet", "arrows-right-left"),
    "issued": Look("info", "document-check"),
    "attested": Look("good", "check-badge"),
    "settled": _GOOD,
    "waiting": Look("warn", "clock"),
    "restated": Look("quiet", "archive-box"),
    "disputed": Look("bad", "scale"),
    "acknowledged": _GOOD,
    # entries of the credit ledger
    "owed": Look("warn", "exclamation-circle"),
    "earned-back": Look("quiet", "arrow-path"),
    "waived": Look("quiet", "no-symbol"),
    "invoiced": Look("info", "document-check"),
    "paid": _GOOD,
    "unacknowledged": Look("warn", "clock", "Not acknowledged"),
    # uploads and imported rows
    "mapping": Look("info", "view-columns", "Mapping columns"),
    "queued": Look("quiet", "queue-list"),
    "running": Look("info", "arrow-path"),
    "committed": _GOOD,
    "refused": Look("bad", "no-symbol"),
    "accepted": _GOOD,
    "rejected": Look("bad", "x-circle"),
    "unchanged": _QUIET,
    # lessons
    "observation": Look("quiet", "eye"),
    "identified": Look("info", "light-bulb"),
    "validated": Look("info", "check-badge"),
    "applied": _GOOD,
    "verified": Look("good", "shield-check"),
    "retired": Look("quiet", "archive-box"),
    # stages
    "define": Look("quiet", "pencil-square"),
    "select": Look("quiet", "scale"),
    "agree": Look("quiet", "document-check"),
    "transition": Look("info", "arrows-right-left"),
    "deliver": Look("good", "play-circle"),
    "close": Look("quiet", "stop-circle"),
    # states of work items, and how their time counts
    "new": Look("info", "plus-circle"),
    "in-progress": Look("info", "play-circle"),
    "on-hold": Look("warn", "pause-circle"),
    "resolved": _GOOD,
    "closed": Look("quiet", "lock-closed"),
    "cancelled": Look("quiet", "no-symbol"),
    "counted": Look("info", "play-circle"),
    "paused": Look("warn", "pause-circle"),
    "out-of-hours": Look("quiet", "moon"),
    "holiday": Look("quiet", "calendar"),
    "stopped": Look("quiet", "stop-circle"),
    "dropped": Look("quiet", "archive-box"),
    # entries of an inbox
    "unread": Look("info", "envelope"),
    # risks, contingency plans and indicators
    "assessed": Look("info", "scale"),
    "responding": Look("info", "shield-check"),
    "occurred": Look("bad", "bolt"),
    "warned": Look("warn", "bell-alert", "Early warning"),
    "tripped": Look("bad", "bell-alert"),
    "armed": _GOOD,
    "no-data": Look("quiet", "question-mark-circle", "Nothing read yet"),
    "test-due": Look("warn", "clock", "Test due"),
    "test-holds": Look("good", "check-circle", "Tested in time"),
    "test-ahead": Look("quiet", "clock", "Not tried yet"),
    "activation": Look("bad", "bolt", "Activated"),
    "test": Look("info", "beaker"),
    "to-do": Look("quiet", "clock"),
    "in-time": _GOOD,
    "too-late": Look("bad", "exclamation-circle"),
    "enough": _GOOD,
    "short": Look("bad", "exclamation-circle", "Not enough"),
    # movement
    "falling": Look("warn", "arrow-trending-down"),
    "rising": Look("good", "arrow-trending-up"),
    "steady": Look("quiet", "minus"),
}

_UNLISTED = Look("quiet", "tag")


def look_of(status: str) -> Look:
    """Return how a status looks; one that is not listed is shown quietly, in its own words."""
    return LOOKS.get(status, _UNLISTED)


def word_of(status: str) -> str:
    """Return what a status is called."""
    return look_of(status).word or sentence(status)
