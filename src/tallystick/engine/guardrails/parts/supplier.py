"""Facts about the supplier, its people, and those it relies on."""

from typing import Annotated

from pydantic import Field

from tallystick.engine.guardrails.fields import Amount, Count, Day, Name, Number, Share, Text
from tallystick.engine.guardrails.parts.part import Part


class Certificate(Part):
    """A certificate of the supplier; one without an end does not expire."""

    name: Name
    valid_until: Day | None = None


class Supplier(Part):
    """
    The supplier's standing.

    `our_share` is the part of its revenue that comes from us, `z_score` Altman's Z'' for firms
    that are not listed, `lei` its legal entity identifier (ISO 17442).
    """

    our_share: Share | None = None
    z_score: Number | None = None
    lei: Text = None
    lei_valid_until: Day | None = None
    certificates: list[Certificate] = Field(default=[], max_length=200)


class Person(Part):
    """Somebody of the provider's team; `in_bid` if the bid named them."""

    name: Name
    role: Text = None
    in_bid: bool = False
    joined_on: Day | None = None
    left_on: Day | None = None


class Vacancy(Part):
    """A role that nobody fills."""

    role: Name
    key: bool = False
    since: Day
    filled_on: Day | None = None


class Turnover(Part):
    """Leavers among the average headcount of so many months."""

    leavers: Count
    average: Amount
    months: Annotated[int, Field(ge=1, le=120)] = 12


class Team(Part):
    """The provider's delivery team; `started_on` is its first day of work."""

    started_on: Day | None = None
    people: list[Person] = Field(default=[], max_length=5_000)
    vacancies: list[Vacancy] = Field(default=[], max_length=2_000)
    turnover: Turnover | None = None


class Subcontractor(Part):
    """
    A link of the supply chain: rank 1 is the provider, rank 2 whom it relies on, and so on.

    `also_serves` names our other providers that rely on the same company.
    """

    name: Name
    rank: Annotated[int, Field(ge=1, le=50)] = 2
    country: Text = None
    approved_on: Day | None = None
    assessed_on: Day | None = None
    also_serves: list[Name] = Field(default=[], max_length=100)
