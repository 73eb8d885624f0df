"""The data table over querysets: narrowed in the database, with as many queries for any number."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from tallystick.records.engagements import Engagement
from tallystick.web.tables import Column, Empty, Table
from tests.cast import an_engagement

COLUMNS = (
    Column("name", "Name", link=lambda engagement: f"/engagements/{engagement.public_id}/"),
    Column("stage", "Stage", options=(("deliver", "Deliver"), ("close", "Close"))),
    Column("provider__name", "Provider"),
    Column("starts_on", "Starts"),
)


def a_table(asked: str = "", **changes: Any) -> Table:
    """Return a table of all engagements."""
    rows = Engagement.objects.select_related("provider")
    return Table(
        COLUMNS, rows, QueryDict(asked), caption="Engagements", empty=Empty("None", ""), **changes
    )


@pytest.mark.parametrize("count", [5, 50])
def test_a_table_asks_the_database_twice_whatever_its_length(
    db: None, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        an_engagement(name=f"Desk {n:02}")
    context = Context({"table": a_table("q=desk&sort=-name"), "request": RequestFactory().get("/")})

    with django_assert_num_queries(2):
        html = Template("{% table table %}").render(context)

    assert html.count("<tr ") == count + 1


def test_the_filter_follows_relations(db: None) -> None:
    an_engagement(name="Desk")
    an_engagement(name="Payroll", provider=None)

    table = a_table("q=baltic+desk")

    assert [cells[0].text for cells in table.rows] == ["Desk"]


def test_a_choice_is_made_in_the_database(db: None) -> None:
    an_engagement(name="Desk")
    an_engagement(name="Payroll", stage="close")

    assert [cells[0].text for cells in a_table("stage=close").rows] == ["Payroll"]


def test_rows_without_value_come_last_in_either_order(db: None) -> None:
    an_engagement(name="Desk")
    an_engagement(name="Payroll", provider=None)

    last = [a_table(f"sort={sign}provider__name").rows[-1][0].text for sign in ("", "-")]

    assert last == ["Payroll", "Payroll"]


def test_an_address_cannot_reach_a_field_that_is_no_column(db: None) -> None:
    an_engagement(name="Desk")

    assert a_table("provider__side=client&sort=client__name").count == 1
