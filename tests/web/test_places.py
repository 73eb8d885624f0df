"""A finding leads to the page on which a person mends it."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.records.risk_registers import PRIVATE, SHARED
from tallystick.records.roles import Role
from tallystick.records.snapshot_rows import rows_of
from tallystick.web.engagement_tabs import tabs_for
from tallystick.web.lookup import ViewerRequest
from tallystick.web.places import Mend, Places
from tests.actions.test_measure_and_state import a_measured_engagement
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.risking import a_plan, a_risk
from tests.web.pages import a_lesson, an_objective, page

pytestmark = pytest.mark.django_db


def test_places_of_objectives_lead_to_the_field_or_the_list(cast: Cast) -> None:
    engagement = an_engagement()
    objective = an_objective(engagement=engagement)
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    edit = reverse("objective_edit", args=[objective.public_id])
    index = reverse("objectives", args=[engagement.public_id])
    assert places.link("objectives[0].due_on") == Mend("Objective 1: due on", f"{edit}#id_due_on")
    assert places.link("objectives[0].baseline.on").url == f"{edit}#id_baseline_on"
    assert places.link("objectives[0].acknowledged_on").url == (
        f"{index}#objective-{objective.public_id}"
    )
    assert places.link("objectives") == Mend("Objectives", index)


def test_without_any_objective_the_first_one_is_stated(cast: Cast) -> None:
    engagement = an_engagement()
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    found = places.link("objectives")

    assert found.url == reverse("objective_new", args=[engagement.public_id])


def test_who_may_not_amend_is_led_to_read(cast: Cast) -> None:
    objective = an_objective()
    engagement = objective.engagement
    auditor = a_viewer(Role.AUDITOR)
    places = Places(auditor, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    found = places.link("objectives[0].due_on")

    index = reverse("objectives", args=[engagement.public_id])
    assert found == Mend("Objective 1", f"{index}#objective-{objective.public_id}")


def test_a_lesson_leads_to_its_place_at_the_gate(cast: Cast) -> None:
    engagement, lesson = an_engagement(), a_lesson(cast.ada)
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    found = places.link("lessons[0].disposition")

    gate = reverse("gate", args=[engagement.public_id])
    assert found == Mend("Answer the lesson", f"{gate}#lesson-{lesson.public_id}")


def test_a_measurement_leads_to_its_own_page(cast: Cast, home: Path) -> None:
    engagement = a_measured_engagement(cast, home).engagement
    rows = rows_of([engagement], TODAY.date())[engagement.pk]

    found = Places(cast.ada, engagement, rows).link("measurements[0]")

    assert found.label == "Response to incidents, January 2026"
    assert found.url == reverse("measurement", args=[rows.measurements[0].public_id])


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("agreement.in_force", "agreements"),
        ("measurements[99]", "service_levels"),
        ("lessons[99].note", "gate"),
        ("provider", "gate"),
        ("ends_on", "engagement"),
        ("", "engagement"),
        ("?", "engagement"),
    ],
)
def test_any_other_place_leads_to_the_nearest_page(cast: Cast, place: str, name: str) -> None:
    engagement = an_engagement()
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    found = places.link(place)

    assert found.url.partition("#")[0] == reverse(name, args=[engagement.public_id])


def test_a_provider_has_no_tab_that_is_the_clients_own(cast: Cast) -> None:
    engagement, request = an_engagement(), ViewerRequest()
    request.viewer = cast.cleo

    groups = tabs_for(request, engagement, "statements")

    assert {part: [label for label, _, _ in tabs] for part, tabs in groups} == {
        "": ["Overview"],
        "Before the contract": ["Objectives"],
        "Agreement and service": [
            "Agreement", "Service data", "Service levels", "Statements", "Relief", "Credits",
        ],
        "Running it": ["Governance", "Issues", "Risks"],
        "Learning": ["Reviews"],
        "Records": ["History"],
    }  # fmt: skip


def test_the_client_has_its_own_pages_besides_and_one_of_all_is_current(cast: Cast) -> None:
    engagement, request = an_engagement(), ViewerRequest()
    request.viewer = cast.ada

    tabs = [tab for group in tabs_for(request, engagement, "gate") for tab in group.tabs]

    assert {"Selection", "Gate", "Findings", "Notes"} <= {label for label, _, _ in tabs}
    assert [label for label, _, current in tabs if current] == ["Gate"]


@pytest.mark.parametrize("shown", ["engagement", "risks", "history"])
def test_a_page_names_the_part_it_lies_in_and_marks_itself_once(shown: str, cast: Cast) -> None:
    html = page(cast.ada, shown, an_engagement().public_id).content.decode()

    nav = html.partition('aria-label="Engagement"')[2].partition("</nav>")[0]
    assert nav.count('aria-current="page"') == 1
    assert nav.count("<strong>") == 1


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("credits[0].invoiced", "credit_ledger"),
        ("renewal.decided_on", "agreements"),
        ("reviews", "statements"),
        ("exit_plan.budget", "engagement"),
    ],
)
def test_what_was_kept_for_something_else_leads_to_its_page(
    cast: Cast, place: str, page: str
) -> None:
    engagement = an_engagement()
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    assert places.link(place).url == reverse(page, args=[engagement.public_id])


def test_a_level_is_named_where_a_sentence_speaks_of_it_and_nowhere_else(
    cast: Cast, home: Path
) -> None:
    engagement = a_measured_engagement(cast, home).engagement
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    named = places.named("Service level response was missed: no response in time, by resolution.")
    clause = places.named("Clause 1 of service level resolution has no limit.")
    owed = places.named("Of the credit of 2026-03 for response, 5 EUR has not been invoiced.")
    other = places.named("Service level response-2 has no target.")

    assert named == (
        "Service level “Response to incidents” was missed: no response in time, by resolution."
    )
    assert clause == "Clause 1 of service level “Resolution of incidents” has no limit."
    assert owed.startswith("Of the credit of 2026-03 for “Response to incidents”,")
    assert other == "Service level response-2 has no target."


@pytest.mark.parametrize("statement", [r"Pay \q", r"\1 \g<0>", "Service level response", "\\"])
def test_any_text_may_stand_for_an_id(statement: str, cast: Cast, home: Path) -> None:
    engagement = a_measured_engagement(cast, home).engagement
    objective = an_objective(engagement=engagement, statement=statement)
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    named = places.named(f"Objective {objective.public_id} has no baseline.")

    assert named == f"Objective “{statement}” has no baseline."
    assert page(cast.ada, "findings", engagement.public_id).status_code == 200


def test_risks_and_plans_lead_to_their_own_pages_and_else_to_the_register(cast: Cast) -> None:
    engagement = an_engagement()
    shared, private = (
        a_risk(engagement, cast.ada, f"{each.name} one", each) for each in (SHARED, PRIVATE)
    )
    plan = a_plan(engagement, cast.ada)
    places = Places(cast.ada, engagement, rows_of([engagement], TODAY.date())[engagement.pk])

    for number, risk in enumerate((shared, private)):
        page_of = reverse("risk", args=[risk.public_id])
        assert places.link(f"risks[{number}].plan") == Mend(f"Risk “{risk.title}”", page_of)
    assert places.link("contingency_plans[0].owner").url == reverse("plan", args=[plan.public_id])
    assert places.link("risks") == Mend("Risks", reverse("risks", args=[engagement.public_id]))
    assert places.link("reserve").url == reverse("simulations", args=[engagement.public_id])
