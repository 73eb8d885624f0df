"""What looks wrong in the history of an item, as bits of one number; nothing is left out for it."""

from enum import IntFlag


class Flag(IntFlag):
    """An irregularity that was found and passed over in the way that the agreement says."""

    STOPPED_BEFORE_START = 1
    CONTRADICTED = 2
    REOPENED = 4
    LIMIT_CHANGED = 8
    NO_DUE_DATE = 16


WORDS = {
    Flag.STOPPED_BEFORE_START: "The clock had stopped before it ever ran.",
    Flag.CONTRADICTED: "Two changes in the same second say different things; the order of the "
    "rows decides, or the stronger one where the agreement says so.",
    Flag.REOPENED: "It was taken up again after it had been stopped.",
    Flag.LIMIT_CHANGED: "Its limit changed while it was open.",
    Flag.NO_DUE_DATE: "Its due date is missing, or cannot be read.",
}
