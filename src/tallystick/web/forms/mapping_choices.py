"""The choices of the mapping form, in the words of someone who knows the tickets."""

from collections.abc import Mapping

from tallystick.engine.intake.mapping import History
from tallystick.engine.intake.shapes import FORMS, SAME, Shape
from tallystick.engine.values import STATES
from tallystick.web.components.words import sentence

REJECT = "reject"
"""A raw value that means no state: its rows are rejected."""

ITEM_COLUMNS = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
STATE_COLUMNS = ("state", "state_2")
SIGNAL_COLUMNS = ("component", "at", "result", "attempt", "since", "until", "users", "excused")
"""The columns of signals that hold no state; which of them a shape has, the engine says."""

WORD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    Shape.PROBES.value: ("result",),
    Shape.OUTAGES.value: ("excused",),
}
"""The columns whose raw values have a meaning, where it is not that of a state."""

ATTRIBUTE_ROWS = 6

COLUMN_LABELS = {
    "item": "Number of the ticket",
    "at": "Time of the change, or of the probe",
    "opened": "Opened",
    "responded": "First response",
    "resolved": "Resolved",
    "closed": "Closed",
    "hold_from": "On hold from",
    "hold_until": "On hold until",
    "state": "State",
    "state_2": "Second part of the state",
    "component": "Component",
    "result": "Result of the probe",
    "attempt": "Number of the attempt",
    "since": "Down since",
    "until": "Up again",
    "users": "Users affected",
    "excused": "Excused",
}
SHAPES = (
    (Shape.EVENT_LOG.value, "Each row is a change: a ticket, a time, the state it came into"),
    (Shape.ITEM_TABLE.value, "Each row is a ticket: when it was opened, answered, resolved"),
    (Shape.PROBES.value, "Each row is a probe of a component: it answered, or it did not"),
    (Shape.SERVICE_STATES.value, "Each row is a state that a component came into: up, down"),
    (Shape.OUTAGES.value, "Each row is an outage of a component: from when until when"),
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
SIGNAL_MEANINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    shape.value: (
        ("", "Choose"),
        *((word, sentence(word)) for _, words in form.words.values() for word in words),
        (REJECT, "None of these: reject these rows"),
    )
    for shape, form in FORMS.items()
    if form.signals is not None
}
"""What a raw value of signals may mean, by shape."""

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
