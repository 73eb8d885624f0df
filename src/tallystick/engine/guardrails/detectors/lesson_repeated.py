"""LES003: the same mistake again, though somebody wrote it down."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.learning import LoggedLesson
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, called
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.lessons.words import words_of


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report issues and risks that come after an unverified lesson about the same mistake."""
    known = _Known(snapshot.lesson_log, policy.likeness)
    for number, issue in enumerate(snapshot.issues):
        lesson = known.before(issue.raised_on, issue.cause, issue.title)
        if lesson is not None and issue.raised_on <= as_of:
            yield Violation(
                f"issues[{number}]",
                f"Issue {called(issue.title, issue.id)} of {issue.raised_on} repeats the lesson "
                f"{called(lesson.title, lesson.id)}, logged on {lesson.logged_on} and not "
                "verified.",
                at_stake=a_stake(snapshot, issue.cost),
            )
    for number, risk in enumerate(snapshot.risks):
        began = risk.identified_on
        if began is None or began > as_of or past(risk.closed_on, as_of):
            continue
        lesson = known.before(began, risk.cause, risk.title)
        if lesson is not None:
            yield Violation(
                f"risks[{number}]",
                f"Risk {called(risk.title, risk.id)} of {began} has the cause of the lesson "
                f"{called(lesson.title, lesson.id)}, logged on {lesson.logged_on} and not "
                "verified.",
            )


class _Known:
    """The lessons of a log, by their cause and by the words of their titles."""

    def __init__(self, log: Sequence[LoggedLesson], likeness: Decimal) -> None:
        self.log = log
        self.likeness = likeness
        self.words = [frozenset(words_of(each.title or "")) for each in log]
        self.with_cause: defaultdict[str, list[int]] = defaultdict(list)
        self.with_word: defaultdict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(log):
            if each.cause:
                self.with_cause[each.cause].append(number)
            for word in self.words[number]:
                self.with_word[word].append(number)

    def before(self, day: date, cause: str | None, title: str | None) -> LoggedLesson | None:
        """Return the first lesson logged before a day, not verified by then, on one mistake."""
        alike = set(self.with_cause.get(cause, ())) if cause else set()
        alike |= self._worded_as(title)
        for number in sorted(alike):
            each = self.log[number]
            if each.logged_on < day and not past(each.verified_on, day):
                return each
        return None

    def _worded_as(self, title: str | None) -> set[int]:
        words = frozenset(words_of(title or ""))
        near = {number for word in words for number in self.with_word.get(word, ())}
        return {
            number
            for number in near
            if len(words & self.words[number]) >= self.likeness * len(words | self.words[number])
        }


GUARDRAIL = Guardrail(
    code="LES003",
    title="lesson-repeated",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MAJOR,
    practice=3,
    fires_when=(
        "an issue, or an open risk, came after the day of a logged lesson that was not verified by "
        "then and has the same cause code, or a title that shares 60 % or more of the words of "
        "both "
        "(policy: likeness; common words do not count)"
    ),
    rationale=(
        "Audits of public projects find the same mistakes for decades: written down, filed, and "
        "made again."
    ),
    source="UK Public Accounts Committee; ISO 9001:2015 10.2 (effectiveness of corrective action)",
    remedy="Find out why the lesson was not applied, and verify it this time.",
    detect=detect,
)
