"""What climbs and is answered at the same instant, on SQLite and PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.climb_escalations import Climbed, climb_escalations
from tallystick.actions.issue_turns import NotYourTurn
from tallystick.records.issues import Escalation
from tests.actions.escalating import Table
from tests.cast import TODAY
from tests.racing import at_once, elsewhere

Race = Callable[[], AbstractContextManager[None]]
DUE = TODAY + timedelta(hours=4)


def course() -> list[tuple[int, str, str]]:
    """Return level, side and end of every turn."""
    rows = Escalation.objects.order_by("number")
    return [(each.level, each.side, each.ended) for each in rows]


def test_two_workers_climb_once(race: Race) -> None:
    table = Table()
    table.ladder()
    table.issue()

    with race():
        given = at_once(*(partial(climb_escalations, as_of=DUE) for _ in range(2)))
        left = elsewhere(course)

    assert sorted(each.up for each in given) == [0, 1]
    assert left == [(1, "provider", "clock"), (2, "provider", "")]


def test_answered_at_the_moment_it_climbs(race: Race) -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    answer = partial(answer_issue, issue=issue, words="Here.", by=table.cleo, as_of=DUE)

    with race():
        climbed, _ = at_once(partial(climb_escalations, as_of=DUE), answer)
        left = elsewhere(course)

    # Whoever comes first decides; the answer is heard either way, and the client's turn is next.
    if climbed == Climbed(1, 0):
        assert left == [(1, "provider", "clock"), (2, "provider", "answered"), (2, "client", "")]
    else:
        assert left == [(1, "provider", "answered"), (1, "client", "")]


def test_two_of_one_side_answer_at_once(race: Race) -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    answers = [
        partial(answer_issue, issue=issue, words="Here.", by=who, as_of=DUE)
        for who in (table.cleo, table.mia)
    ]

    with race():
        given = at_once(*answers)
        left = elsewhere(course)

    assert sorted(isinstance(each, NotYourTurn) for each in given) == [False, True]
    assert left == [(1, "provider", "answered"), (1, "client", "")]
