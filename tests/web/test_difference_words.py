"""A changed clause is one sentence, and no change is without one."""

from contextlib import suppress
from typing import Any

import pytest
import yaml

from tallystick.engine.service_levels.agreement import AgreementRefused, read_agreement
from tallystick.engine.service_levels.difference import ChangeKind
from tallystick.web.difference_words import changed_clauses
from tests.cast import an_agreement_document
from tests.docs.conftest import ROOT


def a_level(**changes: Any) -> dict[str, Any]:
    """Return the resolution level with changes; None takes a key out."""
    usual: dict[str, Any] = dict(an_agreement_document()["service_levels"][1]) | changes
    return {key: value for key, value in usual.items() if value is not None}


def with_level(**changes: Any) -> dict[str, Any]:
    """Return a document whose resolution level differs."""
    document = an_agreement_document()
    return document | {"service_levels": [document["service_levels"][0], a_level(**changes)]}


def said(new: dict[str, Any], old: dict[str, Any] | None = None) -> list[str]:
    """Return what is said of a change, each sentence after what it is about."""
    before = read_agreement(old or an_agreement_document())
    return [
        f"{each.about}: {each.sentence}" for each in changed_clauses(before, read_agreement(new))
    ]


LEVEL = "Resolution of incidents"


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (with_level(target="97%"), "The target: was 95%; now 97%."),
        (with_level(minimum="90%"), "The minimum: new, 90%."),
        (
            with_level(targets=[{"limit": "6h"}]),
            "The limits: was All items: 8 h; now All items: 6 h.",
        ),
        (
            with_level(window="quarter"),
            "How often it is judged: was each month; now each quarter.",
        ),
        (with_level(measured_by=None), "Who measures: gone; it was provider."),
        (
            with_level(data_source="The new ticket system"),
            "Where figures come from: was Ticket export; now “The new ticket system”.",
        ),
        (
            with_level(reporting_only_until="2026-04-01"),
            "The start-up without consequence: new, before 1 Apr 2026.",
        ),
    ],
)  # fmt: skip
def test_a_clause_of_a_service_level(new: dict[str, Any], sentence: str) -> None:
    name = an_agreement_document()["service_levels"][1]["name"]

    assert said(new) == [f"{name}: {sentence}"]


def test_a_service_level_that_came_and_one_that_went() -> None:
    document = an_agreement_document()
    one = document | {"service_levels": document["service_levels"][:1]}
    name = document["service_levels"][1]["name"]

    came, went = said(document, one), said(one, document)

    assert came[0].startswith(f"{name}: This service level is new: At least 95% of the items")
    assert went[0].startswith(f"{name}: This service level is gone. It said: At least 95%")


def test_holidays_are_named_by_their_days() -> None:
    new = an_agreement_document()
    office = new["calendars"]["office"]
    office["holidays"] = [*office["holidays"][1:], "2026-12-24"]

    assert said(new) == [
        "Calendar office: Holidays added: 24 Dec 2026. Holidays taken out: 1 Jan 2026."
    ]


def test_of_many_holidays_the_number_and_the_edges_are_told() -> None:
    new = an_agreement_document()
    office = new["calendars"]["office"]
    office["holidays"] = [*office["holidays"], *(f"2026-12-{n}" for n in range(21, 31))]

    assert said(new) == [
        "Calendar office: Holidays added: 10 days from 21 Dec 2026 to 30 Dec 2026."
    ]


def test_the_term_and_how_the_parties_deal() -> None:
    new = an_agreement_document(
        in_force={"from": "2026-01-01", "until": "2028-01-01"},
        statements={"dispute_days": 10},
        title="Desk",
    )

    assert said(new) == [
        "The agreement: The title: was “Service desk services”; now Desk.",
        "The agreement: The term was 1 Jan 2026 up to 1 Jan 2027, not included; now it is "
        "1 Jan 2026 up to 1 Jan 2028, not included.",
        "Statements: Dispute: was within 20 days after it is issued; unanswered, it counts as "
        "attested; now within 10 days after it is issued; unanswered, it counts as attested.",
    ]


def test_another_number_alone_is_no_change() -> None:
    assert said(an_agreement_document(version=2)) == []


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths to all values that are neither keys nor lists."""
    if isinstance(value, dict):
        return [found for key, each in value.items() for found in leaves(each, (*path, key))]
    if isinstance(value, list):
        return [found for n, each in enumerate(value) for found in leaves(each, (*path, n))]
    return [path]


EXAMPLES = sorted((ROOT / "examples").rglob("*greement*.yaml")) + sorted(
    (ROOT / "examples" / "agreements").glob("*.yaml")
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_whatever_key_is_left_out_something_is_said(path: Any) -> None:
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    before = read_agreement(whole)

    silent = []
    for place in leaves(whole):
        new = yaml.safe_load(path.read_text(encoding="utf-8"))
        holder = new
        for step in place[:-1]:
            holder = holder[step]
        del holder[place[-1]]
        with suppress(AgreementRefused):
            after = read_agreement(new)
            if after != before and not changed_clauses(before, after):
                silent.append(place)

    assert silent == []


def test_each_clause_says_what_became_of_it() -> None:
    before, after = (
        read_agreement(an_agreement_document()),
        read_agreement(with_level(minimum="90%")),
    )

    assert [each.kind for each in changed_clauses(before, after)] == [ChangeKind.ADDED]
