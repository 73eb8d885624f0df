"""A rehearsal beside that of the agreement in force: its levels, its windows, its months."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.rehearsal import LevelRehearsal, Rehearsal
from tallystick.web.components.figures import figure, goal_words, money
from tallystick.web.components.words import ABSENT, month
from tallystick.web.tables import Column, Empty, Table

WINDOW_ROWS = 24
LEFT_OUT = "Left out"
NEW = "New"


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A service level of the draft, and the one of the same id in force; one may be missing."""

    draft: LevelRehearsal | None
    held: LevelRehearsal | None

    @property
    def shown(self) -> LevelRehearsal:
        """Return the one that there is, the draft's before the other."""
        found = self.draft or self.held
        if found is None:
            raise ValueError("a row has a level")
        return found

    @property
    def name(self) -> str:
        """Return the name of the level."""
        return self.shown.level.name

    @property
    def expected(self) -> str:
        """Return what is expected."""
        return goal_words(self.shown.level.target)

    @property
    def flag(self) -> str:
        """Say what is to be known before its figures are read; empty for nothing."""
        if self.shown.trouble:
            return "not-measured"
        if self.draft and self.draft.decided and not self.draft.met:
            return "never"
        return "hard" if self.draft and self.draft.warnings else ""

    @property
    def met(self) -> str:
        """Say how many windows the draft would have met."""
        return _met(self.draft) if self.draft else LEFT_OUT

    @property
    def met_now(self) -> str:
        """Say how many windows the agreement in force would have met."""
        return _met(self.held) if self.held else NEW


def _met(fared: LevelRehearsal) -> str:
    return f"{fared.met} of {fared.decided}" if fared.decided else ABSENT


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window of one level: under the draft, and under the agreement in force."""

    name: str
    draft: Measurement
    held: Measurement | None

    @property
    def window(self) -> str:
        """Return the window."""
        return self.draft.window

    @property
    def text(self) -> str:
        """Return the draft's figure."""
        return figure(self.draft.value, self.draft.target)

    @property
    def verdict(self) -> str:
        """Return the draft's verdict."""
        return self.draft.verdict.value

    @property
    def text_now(self) -> str:
        """Return the figure under the agreement in force."""
        return figure(self.held.value, self.held.target) if self.held else ABSENT

    @property
    def verdict_now(self) -> str:
        """Return the verdict under the agreement in force; nothing where it has no such window."""
        return self.held.verdict.value if self.held else ""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What one month would have cost the provider."""

    window: str
    draft: Decimal | None
    held: Decimal | None
    currencies: tuple[str, str]

    @property
    def credit(self) -> str:
        """Return the credits under the draft."""
        return _money(self.draft, self.currencies[0])

    @property
    def credit_now(self) -> str:
        """Return the credits under the agreement in force."""
        return _money(self.held, self.currencies[1])


def _money(value: Decimal | None, currency: str) -> str:
    return ABSENT if value is None else money(value, currency)


def level_rows(draft: Rehearsal, held: Rehearsal | None) -> list[LevelRow]:
    """Return the levels of a draft, each beside the one of the same id, and those left out."""
    drafted = {each.level.id for each in draft.levels}
    now = {each.level.id: each for each in held.levels} if held else {}
    rows = [LevelRow(each, now.get(each.level.id)) for each in draft.levels]
    return rows + [LevelRow(None, each) for name, each in now.items() if name not in drafted]


def levels_table(rows: list[LevelRow], asked: QueryDict) -> Table:
    """Return how often each level would have been met."""
    columns = (
        Column("name", "Service level", sortable=False),
        Column("expected", "Target", sortable=False),
        Column("met", "As drafted, met", sortable=False),
        Column("met_now", "In force now, met", sortable=False),
        Column("flag", "Look at", sortable=False, template="rehearsals/flag.html"),
    )
    empty = Empty("No service level", "The draft has none yet.")
    return Table(
        columns, rows, asked, caption="Service levels", empty=empty, name="levels", filtering=False
    )


def windows_table(rows: list[LevelRow], asked: QueryDict) -> Table:
    """Return every window of every level."""
    found = [
        WindowRow(row.name, each, _same_window(row.held, each.window))
        for row in rows
        for each in (row.draft.measured if row.draft else ())
    ]
    columns = (
        Column("name", "Service level"),
        Column("window", "Window", format=month),
        Column("text", "As drafted", numeric=True, sortable=False),
        Column("verdict", "Verdict", sortable=False, template="rehearsals/verdict.html"),
        Column("text_now", "In force now", numeric=True, sortable=False),
        Column("verdict_now", "Verdict now", sortable=False, template="rehearsals/verdict.html"),
    )
    empty = Empty("No window is over", "The data reach no end of a window of this draft.")
    return Table(
        columns,
        found,
        asked,
        caption="Window by window",
        empty=empty,
        name="windows",
        page_rows=WINDOW_ROWS,
    )


def _same_window(held: LevelRehearsal | None, window: str) -> Measurement | None:
    found = (each for each in (held.measured if held else ()) if each.window == window)
    return next(found, None)


def months_table(draft: Rehearsal, held: Rehearsal | None, asked: QueryDict) -> Table:
    """Return the credits of each month."""
    now = held.credited if held else {}
    currencies = draft.currency, held.currency if held else ""
    rows = [
        MonthRow(window, draft.credited.get(window), now.get(window), currencies)
        for window in sorted({*draft.credited, *now})
    ]
    columns = (
        Column("window", "Month", format=month),
        Column("credit", "As drafted", numeric=True, sortable=False),
        Column("credit_now", "In force now", numeric=True, sortable=False),
    )
    empty = Empty("No credits", "Neither the draft nor the agreement in force states credits.")
    return Table(
        columns, rows, asked, caption="Credits by month", empty=empty, name="months",
        narrow=True, filtering=False,
    )  # fmt: skip
