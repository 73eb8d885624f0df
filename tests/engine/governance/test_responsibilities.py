"""Holes of a matrix: each is told, in its own cell."""

from decimal import Decimal

from tallystick.engine.governance.responsibilities import (
    Cell,
    Defect,
    DefectKind,
    Letter,
    Row,
    defects_of,
)

SHARE = Decimal("0.4")


def a_row(name: str = "Restore", /, **letters: str) -> Row:
    """Return an activity; a post whose name starts with `vacant` has nobody."""
    return Row(
        name,
        [
            Cell(post, post, Letter(letter), None if post.startswith("vacant") else f"p-{post}")
            for post, all_ in letters.items()
            for letter in all_
        ],
    )


def found(*rows: Row, fewest: int = 5) -> list[tuple[DefectKind, int, str]]:
    """Return the kind, row and cell of each defect."""
    return [(each.kind, each.row, each.post) for each in defects_of(rows, SHARE, fewest)]


def test_one_answers_and_one_does_it_is_no_defect() -> None:
    assert found(a_row(owner="A", desk="R", board="I")) == []


def test_one_post_may_answer_for_what_it_does() -> None:
    assert found(a_row(owner="AR")) == []


def test_nobody_accountable_and_nobody_responsible_are_two_holes_of_the_row() -> None:
    assert found(a_row(board="C")) == [
        (DefectKind.NOBODY_ACCOUNTABLE, 0, ""),
        (DefectKind.NOBODY_RESPONSIBLE, 0, ""),
    ]


def test_of_two_accountable_each_cell_is_told() -> None:
    assert found(a_row(owner="AR", desk="A")) == [
        (DefectKind.TWO_ACCOUNTABLE, 0, "owner"),
        (DefectKind.TWO_ACCOUNTABLE, 0, "desk"),
    ]


def test_a_vacant_post_is_a_hole_where_it_answers_or_does_and_once_only() -> None:
    assert found(a_row(vacant="AR", vacant2="C")) == [(DefectKind.VACANT, 0, "vacant")]


def test_more_than_the_share_is_too_much_for_one() -> None:
    rows = [a_row(f"a{n}", owner="A" if n < 3 else "", other="R" if n < 3 else "AR") for n in
            range(5)]  # fmt: skip

    assert found(*rows) == [
        (DefectKind.TOO_MUCH, 0, "owner"),
        (DefectKind.TOO_MUCH, 1, "owner"),
        (DefectKind.TOO_MUCH, 2, "owner"),
    ]
    assert found(*rows, fewest=6) == []


def test_exactly_the_share_is_not_too_much() -> None:
    rows = [a_row(f"a{n}", **{f"p{n // 2}": "AR"}) for n in range(5)]

    assert found(*rows) == []


def test_a_defect_speaks_in_a_sentence() -> None:
    (defect,) = defects_of([a_row("Restore", desk="R")], SHARE, 5)

    assert defect == Defect(
        DefectKind.NOBODY_ACCOUNTABLE, 0, "", "Nobody is accountable for “Restore”."
    )
