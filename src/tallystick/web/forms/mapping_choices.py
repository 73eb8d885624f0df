"""The choices of the mapping form, in the words of someone who knows the tickets."""

from tallystick.engine.intake.mapping import History
from tallystick.engine.intake.shapes import SAME, Shape
from tallystick.engine.values import STATES
from tallystick.web.components.words import sentence

REJECT = "reject"
"""A raw value that means no state: its rows are rejected."""

EVENT_COLUMNS = ("at",)
ITEM_COLUMNS = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
STATE_COLUMNS = ("state", "state_2")
ATTRIBUTE_ROWS = 6

COLUMN_LABELS = {
    "item": "Number of the ticket",
    "at": "Time of the change",
    "opened": "Opened",
    "responded": "First response",
    "resolved": "Resolved",
    "closed": "Closed",
    "hold_from": "On hold from",
    "hold_until": "On hold until",
    "state": "State",
    "state_2": "Second part of the state",
}
SHAPES = (
    (Shape.EVENT_LOG.value, "Each row is a change: a ticket, a time, the state it came into"),
    (Shape.ITEM_TABLE.value, "Each row is a ticket: when it was opened, answered, resolved"),
)
HISTORIES = (
    (History.WHOLE.value, "Everything that happened to the tickets in it"),
    (History.ADDITIONS.value, "Only what is new since the last file"),
)
ORDERS = (
    ("", "The file tells by itself"),
    ("day-first", "The day first: 3/4/2026 is 3 April"),
    ("month-first", "The month first: 3/4/2026 is 4 March"),
)
MEANINGS = (
    ("", "Choose"),
    *((state.value, sentence(state.value)) for state in STATES),
    (SAME, "No change: keep the row, leave the state as it was"),
    (REJECT, "Not a state: reject these rows"),
)
ENCODINGS = (
    ("", "Told from the file"), ("utf-8", "UTF-8"), ("utf-16", "UTF-16"),
    ("cp1252", "Windows, Western Europe (cp1252)"),
    ("cp1250", "Windows, Central Europe (cp1250)"),
    ("cp1251", "Windows, Cyrillic (cp1251)"), ("iso-8859-1", "ISO 8859-1"),
    ("iso-8859-2", "ISO 8859-2"), ("iso-8859-15", "ISO 8859-15"), ("cp437", "DOS (cp437)"),
    ("cp850", "DOS, Western Europe (cp850)"), ("mac-roman", "Mac OS Roman"),
)  # fmt: skip
DELIMITERS = (
    ("", "Told from the file"), (",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Bar"),
)  # fmt: skip
