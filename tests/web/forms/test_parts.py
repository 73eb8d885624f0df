"""A part of a draft that is shown and kept again unchanged says the same; nothing typed is lost."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallystick.engine.service_levels.agreement import agreement_hash, read_agreement
from tallystick.engine.service_levels.drafts import read_draft
from tallystick.engine.service_levels.lint import lint
from tallystick.engine.service_levels.templates.texts import TEMPLATES, template_text
from tallystick.web.draft_outline import Part, outline
from tallystick.web.forms.parts.lines import LineUnreadable, read_conditions, read_limits
from tallystick.web.forms.parts.part import PartForm

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
DOCUMENTS = {
    **{name: template_text(name) for name in TEMPLATES},
    **{
        str(path.relative_to(EXAMPLES)): path.read_text(encoding="utf-8")
        for path in EXAMPLES.rglob("*.yaml")
        if path.parent.name == "agreements" or path.name == "agreement.yaml"
    },
}


def read(text: str) -> dict[str, Any]:
    return read_draft(yaml.safe_load(text))


def typed(form: PartForm) -> dict[str, Any]:
    """Return what a browser sends of a form in which nobody typed."""
    return {bound.name: bound.initial for bound in form if bound.initial not in (None, "", False)}


def bound(part: Part, document: Mapping[str, Any], **changes: Any) -> PartForm:
    """Return the form of a part as it is sent, with some fields typed anew."""
    shown = part.form(document, part.base, "sha256:seen")
    return part.form(document, part.base, "sha256:seen", typed(shown) | changes)


def of(document: Mapping[str, Any], slug: str) -> Part:
    return next(part for part in outline(document) if part.slug == slug)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_keeping_each_part_unchanged_keeps_the_agreement(name: str) -> None:
    document = read(DOCUMENTS[name])
    for part in outline(document):
        form = bound(part, document)
        assert form.is_valid(), (part.slug, form.errors)

        again = form.changed()

        assert agreement_hash(read_agreement(again)) == agreement_hash(read_agreement(document))
        assert [each.code for each in lint(again)] == [each.code for each in lint(document)]


def test_every_finding_stands_in_some_part() -> None:
    document = read(DOCUMENTS["service-desk/agreement.yaml"])

    placed = [finding for part in outline(document) for finding in part.findings]

    assert len(placed) == len(lint(document))


def test_a_value_is_written_at_its_place() -> None:
    document = read(template_text("service-desk"))

    form = bound(of(document, "level-1"), document, target="93%", allocation="55%")
    assert form.is_valid()

    level = form.changed()["service_levels"][1]
    assert (level["target"], level["credit"]["allocation"]) == ("93%", "55%")
    assert list(level) == list(document["service_levels"][1])


def test_an_emptied_field_takes_its_key_away() -> None:
    document = read(template_text("service-desk"))

    form = bound(of(document, "dealings"), document, renews="", notice_days="", months="")
    assert form.is_valid()

    assert "renewal" not in form.changed()


def test_what_is_wrong_is_kept_as_it_was_typed() -> None:
    document = read(template_text("service-desk"))

    form = bound(of(document, "level-1"), document, target="ninety")
    assert form.is_valid()

    again = form.changed()
    assert again["service_levels"][1]["target"] == "ninety"
    rows = [row for _, group in form.rows(of(again, "level-1").findings) for row in group]
    (row,) = [row for row in rows if row.bound.name == "target"]
    assert [each.place for each in row.findings] == ["service_levels[1].target"]


def test_yaml_that_cannot_be_read_is_refused_beside_its_field() -> None:
    document = read(template_text("service-desk"))

    form = bound(of(document, "level-1"), document, more="clock: [")

    assert not form.is_valid()
    assert "line" in str(form.errors["more"])
    assert form["more"].value() == "clock: ["


def test_a_key_with_a_field_is_refused_in_the_yaml() -> None:
    document = read(template_text("service-desk"))

    form = bound(of(document, "level-1"), document, more='target: "1%"')

    assert not form.is_valid()
    assert "field of its own: Target" in str(form.errors["more"])


@pytest.mark.parametrize("hours", ["at night", {"mon": ["25:00-26:00"]}])
def test_hours_that_cannot_be_read_stand_in_the_yaml(hours: object) -> None:
    document = read(template_text("service-desk"))
    document["calendars"]["desk"]["hours"] = hours

    form = bound(of(document, "calendar-desk"), document)

    assert "mon" not in form.fields
    assert form.is_valid()
    assert form.changed() == document


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"service_levels": "none", "calendars": [1], "in_force": "2027", "credits": []},
        {"service_levels": [None, "text", {"clock": [], "targets": {"a": 1}, "credit": "much"}]},
        {"calendars": {"a": None, "b": {"holidays": "never", "hours": 3}}},
    ],
)
def test_a_document_of_any_shape_is_shown(document: dict[str, Any]) -> None:
    for part in outline(document):
        form = part.form(document, part.base, "sha256:seen")

        assert form.as_div()
        assert list(form.rows(part.findings))


def test_every_field_stands_in_a_group() -> None:
    for part in outline(read(template_text("service-desk"))):
        grouped = [name for _, names in part.form.groups for name in names]

        assert sorted([*grouped, "seen"]) == sorted(part.form.base_fields)


def test_lines_state_limits_in_order() -> None:
    assert read_limits("priority = P1, P2: 4h\n\n 30h ") == [
        {"when": {"priority": ["P1", "P2"]}, "limit": "4h"},
        {"limit": "30h"},
    ]


@pytest.mark.parametrize("text", ["P1: 4h", "priority = : 4h", "priority = P1,,P2: 4h"])
def test_a_line_that_names_no_attribute_is_refused(text: str) -> None:
    with pytest.raises(LineUnreadable):
        read_limits(text)


def test_an_attribute_stands_on_one_line() -> None:
    with pytest.raises(LineUnreadable):
        read_conditions("type = incident\ntype = request")
