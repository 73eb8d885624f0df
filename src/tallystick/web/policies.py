"""The thresholds of guardrails: the organisation's, and those of one engagement."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.set_policy import set_policy
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.thresholds import Threshold, thresholds
from tallystick.records.engagements import Engagement
from tallystick.records.policies import GuardrailPolicy, policy_from
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import sentence
from tallystick.web.downloads import attached
from tallystick.web.forms.policies import PolicyForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("label", "Threshold", sortable=False),
    Column("meaning", "What it means", sortable=False),
    Column("value", "Value", numeric=True, sortable=False),
    Column("default", "Default", numeric=True, sortable=False),
    Column("origin", "Set by", sortable=False),
    Column(
        "used_by",
        "Used by",
        sortable=False,
        template="policies/used_by.html",
        plain=lambda rails: ", ".join(rail.code for rail in rails),
    ),
)


@dataclass(frozen=True, slots=True)
class Layers:
    """The thresholds of one page: what is set here, and what lies beneath."""

    engagement: Engagement | None
    row: GuardrailPolicy | None
    common: dict[str, Any]

    @classmethod
    def of(cls, viewer: Viewer, engagement: Engagement | None) -> "Layers":
        """Return what is stored, as far as the viewer may read it."""
        stored = stored_policies(viewer, engagement)
        common = stored[None].thresholds if engagement and None in stored else {}
        return cls(engagement, stored.get(engagement.pk if engagement else None), common)

    @property
    def own(self) -> dict[str, Any]:
        """Return what is set here."""
        return self.row.thresholds if self.row else {}

    @property
    def beneath(self) -> Policy:
        """Return what holds where nothing is set here."""
        return policy_from(self.common)

    @property
    def holding(self) -> Policy:
        """Return what holds."""
        return policy_from(self.common, self.own)

    def origin(self, name: str) -> str:
        """Say where the value of a threshold comes from."""
        if name in self.own:
            return "This engagement" if self.engagement else "The organisation"
        return "The organisation" if name in self.common else "Default"


def organisation(request: ViewerRequest) -> HttpResponse:
    """Show the thresholds that hold for every engagement of the organisation."""
    return _shown(request, Layers.of(request.viewer, None))


def engagement(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the thresholds of one engagement."""
    return _shown(request, Layers.of(request.viewer, _find(request, engagement_id)))


def set_for_all(request: ViewerRequest) -> HttpResponse:
    """Set the thresholds of the organisation."""
    return _set(request, Layers.of(request.viewer, None))


def set_for(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Set the thresholds of one engagement."""
    return _set(request, Layers.of(request.viewer, _find(request, engagement_id)))


def _find(request: ViewerRequest, engagement_id: str) -> Engagement:
    return find(Engagement, request.viewer, engagement_id, "client", "provider")


def _shown(request: ViewerRequest, layers: Layers) -> HttpResponse:
    table = _table(request, layers)
    if table.wants_file:
        return table.file("thresholds")
    if request.GET.get("format") == "json":
        document = layers.holding.model_dump(mode="json")
        return attached(JsonResponse(document, json_dumps_params={"indent": 2}), "policy.json")
    return _page(request, layers, PolicyForm(layers.beneath, initial=layers.own))


def _set(request: ViewerRequest, layers: Layers) -> HttpResponse:
    form = PolicyForm(layers.beneath, request.POST)
    if form.is_valid():
        with refused_on(form):
            set_policy(
                engagement=layers.engagement,
                thresholds=form.thresholds(),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The thresholds are set. Findings follow them from now on.")
            return redirect(_address(layers.engagement))
    return _page(request, layers, form)


def _address(engagement: Engagement | None, act: str = "") -> str:
    if engagement:
        return reverse(f"engagement_policy{act}", args=[engagement.public_id])
    return reverse(f"policy{act}")


def _page(request: ViewerRequest, layers: Layers, form: PolicyForm) -> HttpResponse:
    shown = _around(request, layers.engagement) | {
        "form": form,
        "download": f"{_address(layers.engagement)}?format=json",
        "action": _address(layers.engagement, "_set"),
        "policy": layers.row,
        "table": _table(request, layers),
        "may_set": request.viewer.may(Duty.WAIVE_FINDING),
    }
    return render(request, "policies/show.html", shown, status=422 if form.is_bound else 200)


def stored_policies(
    viewer: Viewer, engagement: Engagement | None
) -> dict[int | None, GuardrailPolicy]:
    """Return the organisation's policy under None, and the engagement's under its key."""
    rows = GuardrailPolicy.objects.visible_to(viewer).select_related("set_by")
    wanted = [None, engagement.pk if engagement else None]
    return {row.engagement_id: row for row in rows if row.engagement_id in wanted}


def _table(request: ViewerRequest, layers: Layers) -> Table:
    return Table(
        COLUMNS,
        [_row(each, layers) for each in thresholds()],
        request.GET,
        caption="Thresholds as they hold now",
        empty=Empty("No threshold", "Those of the product should stand here."),
        page_rows=100,
    )


def _row(threshold: Threshold, layers: Layers) -> dict[str, Any]:
    """Return a threshold as it holds, with where its value comes from and who goes by it."""
    return {
        "label": sentence(threshold.name.replace("_", "-")),
        "meaning": threshold.meaning,
        "value": str(getattr(layers.holding, threshold.name)),
        "default": str(threshold.default),
        "origin": layers.origin(threshold.name),
        "used_by": threshold.used_by,
    }


def _around(request: ViewerRequest, engagement: Engagement | None) -> dict[str, Any]:
    own = {"audience": "private", "party": request.viewer.organisation.name}
    if engagement is None:
        return own | {
            "breadcrumb": [("Guardrails", reverse("guardrails"))],
            "title": "Thresholds",
            "subtitle": "They hold for every engagement that has none of its own.",
        }
    findings = ("Findings", reverse("findings", args=[engagement.public_id]))
    return (
        frame(request, engagement, "findings", findings)
        | own
        | {
            "title": "Thresholds of this engagement",
            "subtitle": "They come before those of the organisation.",
        }
    )
