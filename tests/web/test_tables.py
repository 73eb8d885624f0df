"""The data table over lists: what the address asks for, and the same view as a file."""

from typing import Any

import pytest
from django.http import QueryDict

from tallystick.web import tables
from tallystick.web.table_columns import cells_of
from tallystick.web.tables import Column, Empty, Table, TooManyRows

COLUMNS = (
    Column("item", "Item"),
    Column("verdict", "Verdict", options=(("met", "Met"), ("missed", "Missed"))),
    Column("counted", "Counted", numeric=True, format=lambda value: f"{value} s"),
    Column("buttons", "Do", sortable=False, searchable=False, in_files=False),
)


def some_rows(count: int) -> list[dict[str, Any]]:
    """Return rows in order of their item."""
    return [
        {"item": f"INC{n:03}", "verdict": "missed" if n % 2 else "met", "counted": count - n}
        for n in range(count)
    ]


def a_table(asked: str = "", count: int = 4, **changes: Any) -> Table:
    """Return a table in the state of an address."""
    usual: dict[str, Any] = {"caption": "Items", "empty": Empty("None", "Because.")}
    return Table(COLUMNS, some_rows(count), QueryDict(asked), **usual | changes)


def items(table: Table) -> list[str]:
    """Return the first cell of each row shown."""
    return [cells[0].text for cells in table.rows]


def test_rows_come_in_their_own_order_where_none_is_asked() -> None:
    assert items(a_table()) == ["INC000", "INC001", "INC002", "INC003"]


def test_the_address_orders_by_a_column() -> None:
    assert items(a_table("sort=counted")) == ["INC003", "INC002", "INC001", "INC000"]


@pytest.mark.parametrize("asked", ["sort=password", "sort=buttons", "sort=--item", "sort=item__x"])
def test_an_order_that_no_column_offers_is_ignored(asked: str) -> None:
    assert items(a_table(asked)) == items(a_table())


def test_empty_values_come_last_in_either_order() -> None:
    rows = [{"item": None}, {"item": "b"}, {"item": "A"}]
    shown = [
        [
            cells[0].text
            for cells in Table(
                [Column("item", "Item")], rows, QueryDict(asked), caption="", empty=Empty("", "")
            ).rows
        ][:2]
        for asked in ("sort=item", "sort=-item")
    ]

    assert shown == [["A", "b"], ["b", "A"]]


def test_each_word_of_the_filter_must_occur_somewhere() -> None:
    assert items(a_table("q=MISSED+inc003")) == ["INC003"]


def test_a_choice_narrows_the_view() -> None:
    assert items(a_table("verdict=met")) == ["INC000", "INC002"]


def test_a_value_that_is_not_offered_is_ignored() -> None:
    table = a_table("verdict=perhaps")

    assert (table.count, table.narrowed) == (4, False)


@pytest.mark.parametrize(
    ("asked", "page"),
    [("2", 2), ("0", 1), ("-1", 1), ("99", 3), ("9" * 4000, 1), ("x", 1), ("\u0663", 1)],
)
def test_a_page_out_of_range_becomes_the_nearest(asked: str, page: int) -> None:
    assert a_table(f"page={asked}", count=120).page == page


def test_a_page_shows_fifty_rows() -> None:
    table = a_table("page=3", count=120)

    assert (len(table.rows), table.count_words) == (20, "101 to 120 of 120 rows")


def test_a_table_of_long_rows_shows_fewer_of_them_and_its_file_all() -> None:
    table = a_table("page=2", count=25, page_rows=10)

    assert (len(table.rows), table.count_words, table.last_page) == (10, "11 to 20 of 25 rows", 3)
    assert len(table.file("items").content.decode().splitlines()) == 26


def test_a_nul_in_the_filter_is_dropped() -> None:
    assert a_table("q=INC%00001").text == "INC001"


def test_other_views_keep_the_rest_of_the_address() -> None:
    table = a_table("q=inc&tab=open&page=2")

    assert table.heads[0].url == "?q=inc&tab=open&sort=item"


def test_a_second_click_turns_the_order_round() -> None:
    table = a_table("sort=item")

    assert (table.heads[0].sort, table.heads[0].url) == ("ascending", "?sort=-item")


def test_two_tables_of_a_page_do_not_hear_each_other() -> None:
    assert a_table("other-q=zebra&q=zebra", name="mine").count == 4


def test_the_filter_form_carries_what_is_not_its_own() -> None:
    assert a_table("q=a&tab=open&tab=late&verdict=met").kept == [("tab", "open"), ("tab", "late")]


def test_the_file_holds_the_rows_of_the_view_on_all_pages() -> None:
    table = a_table("verdict=missed&sort=-item&format=csv", count=120)

    lines = table.file("items").content.decode("utf-8-sig").splitlines()

    assert lines[:2] == ["Item,Verdict,Counted", "INC119,missed,1"]
    assert len(lines) == 1 + 60


def test_a_view_too_long_for_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_FILE_ROWS", 3)

    with pytest.raises(TooManyRows) as refused:
        a_table().file("items")

    assert refused.value.code == "table.too-many-rows"


def test_a_cell_escapes_what_people_typed() -> None:
    table = Table(
        [Column("item", "Item")],
        [{"item": "<script>"}],
        QueryDict(),
        caption="Items",
        empty=Empty("", ""),
    )

    assert not hasattr(table.rows[0][0].text, "__html__")


def test_a_column_is_brief_only_where_each_of_its_texts_is() -> None:
    rows = [{"item": "INC1", "state": "Met", "why": "Late"}, {"item": "INC2", "why": "Late " * 9}]
    columns = [Column("item", "Item"), Column("state", "Verdict"), Column("why", "Why")]
    table = Table(columns, rows, QueryDict(), caption="", empty=Empty("", ""))
    assert [[cell.brief for cell in cells] for cells in table.rows] == [[True, True, False]] * 2


def test_a_cell_keeps_its_label_whatever_its_words_unless_the_column_needs_none() -> None:
    columns = [Column("risk", "Risk"), Column("act", "Change", labelled=False)]

    [cells] = cells_of(columns, [{"risk": "Risk of fire", "act": "Change it"}])

    assert [each.label for each in cells] == ["Risk", ""]
