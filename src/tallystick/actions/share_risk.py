"""Share a risk of the client's own register with the provider, with or without its figures."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, step
from tallystick.records.people import Person
from tallystick.records.risk_registers import SHARED
from tallystick.records.risks import PrivateRisk, Risk, RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

_FIGURES = ("currency", "level", "expected", "p80", "assessed")


@transaction.atomic
def share_risk(
    *, risk: PrivateRisk, with_figures: bool, owner: Person | None, by: Viewer, as_of: datetime
) -> Risk:
    """
    Copy a private risk into the shared register and close it there; its history stays private.

    Raises:
        NotPermitted, RiskOver, RiskPersonRefused, RiskAlike, TooManyRisks
    """
    require(by, Duty.MANAGE_RISKS)
    own = locked_open(risk)
    assert isinstance(own, PrivateRisk)  # noqa: S101  (for the type checker)
    names = ("title", "category", "cause", "event", "effect", "cause_code", "proximity", "supplier")
    shared = identify_risk(
        engagement=own.engagement,
        register=SHARED,
        wording=RiskWording(
            **{name: getattr(own, name) for name in names},
            owner=owner or own.owner,
            objective=own.objective,
            service_level=own.service_level,
        ),
        by=by,
        as_of=as_of,
    )
    assert isinstance(shared, Risk)  # noqa: S101  (for the type checker)
    if with_figures and own.assessed:
        _take_figures(shared, own, by, as_of)
    own.shared_as, own.status, own.closed_on = shared, RiskStatus.CLOSED, as_of.date()
    own.save(update_fields=["shared_as", "status", "closed_on"])
    step(
        own,
        StepKind.SHARED,
        f"Shared the risk “{own.title}”{' with its figures' if with_figures else ''}.",
        action="share_risk",
        document={"shared_as": shared.public_id, "with_figures": with_figures},
        by=by,
        as_of=as_of,
    )
    return shared


def _take_figures(shared: Risk, own: PrivateRisk, by: Viewer, as_of: datetime) -> None:
    for name in _FIGURES:
        setattr(shared, name, getattr(own, name))
    shared.status = RiskStatus.ASSESSED
    shared.save()
    step(
        shared,
        StepKind.ASSESSED,
        f"Took over the figures of “{shared.title}” from the client.",
        action="share_risk",
        expected=shared.expected,
        document=shared.assessed,
        by=by,
        as_of=as_of,
    )
