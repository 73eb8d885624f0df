"""Credit notes as tables: every line with its formula filled in, and what a level cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from tallystick.engine.service_levels.credits import CreditLine, CreditNote, LineKind
from tallystick.web.components.figures import money
from tallystick.web.components.words import month, sentence
from tallystick.web.counts import counted, listed
from tallystick.web.tables import Column, Empty, Table

_KINDS = {
    LineKind.CREDIT: "Credit",
    LineKind.POINTS: "Severity points",
    LineKind.PERSISTENT_FAILURE: "Persistent failure",
    LineKind.ONE_EVENT: "Of one event, one is credited",
    LineKind.MONTHLY_CAP: "Monthly cap",
    LineKind.YEARLY_CAP: "Yearly cap",
    LineKind.EARN_BACK: "Earned back",
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a credit note in a table."""

    window: str
    line: CreditLine
    currency: str
    level: str

    @property
    def about(self) -> str:
        """Say what the line is, and of which level or month."""
        kind = _KINDS[self.line.kind]
        if self.line.kind is LineKind.CREDIT:
            return self.level
        parts = [self.level, f"of {month(self.line.returns)}" if self.line.returns else ""]
        return ", ".join([kind, *filter(None, parts)])

    @property
    def kind(self) -> str:
        """Return what kind of line it is."""
        return _KINDS[self.line.kind]

    @property
    def formula(self) -> str:
        """Return the formula, filled in."""
        return self.line.formula

    @property
    def why(self) -> str:
        """Return what led to the line."""
        return sentence(self.line.why) if " " not in self.line.why else _capital(self.line.why)

    @property
    def amount(self) -> Decimal:
        """Return the exact amount."""
        return self.line.amount

    @property
    def amount_words(self) -> str:
        """Return the amount with its currency."""
        return money(self.line.amount, self.currency)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


_AMOUNT = Column("amount_words", "Amount", numeric=True, sortable=False, plain=lambda text: text)
_WHY = Column("why", "Why", sortable=False)
_FORMULA = Column("formula", "Formula", sortable=False)


def note_table(
    note: CreditNote, names: Mapping[str, str], asked: QueryDict, name: str = "credits"
) -> Table:
    """Return the lines of a credit note as a table."""
    return Table(
        (Column("about", "Line", sortable=False), _FORMULA, _WHY, _AMOUNT),
        line_rows(note, names),
        asked,
        caption=credits_caption(note),
        empty=Empty("No credit", "No service level failed in a way that the agreement credits."),
        name=name,
        filtering=False,
    )


def history_table(
    notes: Iterable[CreditNote], level: str, names: Mapping[str, str], asked: QueryDict
) -> Table:
    """Return every line of all credit notes that is about one level, newest month first."""
    rows = [
        row
        for note in reversed(list(notes))
        for row in line_rows(note, names)
        if row.line.service_level == level
    ]
    return Table(
        (
            Column("window", "Month", format=month, sortable=False),
            Column("kind", "Line", sortable=False),
            _FORMULA,
            _WHY,
            _AMOUNT,
        ),
        rows,
        asked,
        caption="Credit history",
        empty=Empty("No credit yet", "In no month did this level fail in a way that is credited."),
        name="credits",
        filtering=False,
    )


def credits_caption(note: CreditNote) -> str:
    """Return what the credits of a month are called."""
    return f"Credits of {month(note.window)}"


def line_rows(note: CreditNote, names: Mapping[str, str]) -> list[LineRow]:
    """Return the lines of a credit note with the names of their levels."""
    return [
        LineRow(note.window, line, note.currency, names.get(line.service_level, line.service_level))
        for line in note.lines
    ]


@dataclass(frozen=True, slots=True)
class LevelCredit:
    """What a level cost in the newest month, and in its contract year up to then, before caps."""

    window: str
    newest: str
    year: str
    is_due: bool


def level_credit(notes: Sequence[CreditNote], level: str) -> LevelCredit | None:
    """Return what a level cost; None without any credit note."""
    if not notes:
        return None
    note = notes[-1]
    newest = _cost([note], level)
    year = _cost([each for each in notes if each.year.year == note.year.year], level)
    return LevelCredit(
        note.window, money(newest, note.currency), money(year, note.currency), bool(newest)
    )


def _cost(notes: Iterable[CreditNote], level: str) -> Decimal:
    lines = [line for note in notes for line in note.lines if line.service_level == level]
    return sum((line.amount for line in lines), Decimal(0))


def total_facts(note: CreditNote) -> list[tuple[str, str]]:
    """Return what the lines of a note add up to, and where the contract year stands."""
    currency = note.currency
    facts = [
        ("Credited", money(note.credited, currency)),
        ("Charge of the month", note.charge_formula),
        ("Monthly cap", _capital(note.monthly_cap_formula) + ("; reached" if note.at_cap else "")),
    ]
    if note.returned:
        facts.insert(1, ("Earned back", money(note.returned, currency)))
        facts.insert(2, ("Total", money(note.total, currency)))
    year = note.year
    span = f"{month(year.first)} to {month(year.last)}"
    facts.append((f"Contract year {year.year}", f"{money(year.credited, currency)}, {span}"))
    if year.cap is not None:
        facts.append(("Yearly cap", _capital(year.cap_formula)))
    if note.points:
        points = [f"{each.service_level}: {each.formula}, {each.why}" for each in note.points]
        facts.append((f"{counted(note.severity_points, 'severity point')}", "; ".join(points)))
    return facts


def follows(note: CreditNote, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what else follows from a month: grounds for termination, and higher targets."""
    found = []
    for ground in note.terminations:
        of = names.get(ground.service_level, "")
        proof = f" Proof: {listed([month(each) for each in ground.evidence])}."
        title = "Ground for termination" + (f", {of}" if of else "")
        found.append((title, f"{_capital(ground.why)}.{proof}"))
    for ratchet in note.ratchets:
        title = f"A higher target is proposed, {names.get(ratchet.service_level, '')}"
        found.append((title, f"{ratchet.formula}. Only a new version of the agreement changes it."))
    return found
