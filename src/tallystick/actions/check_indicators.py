"""Read the early-warning indicators of an engagement; those that trip raise their risks."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.governance_tellings import tell_tripped
from tallystick.actions.risks_kept import step
from tallystick.engine.risk import SignState, read_sign
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import REGISTERS, AnyIndicator
from tallystick.records.risks import StepKind
from tallystick.records.sign_values import sign_values


@transaction.atomic
def check_indicators(*, engagement: Engagement, as_of: datetime) -> list[AnyIndicator]:
    """
    Read each standing indicator as of a moment; return those that have tripped since.

    One that trips puts a warning into the history of its risk, whose review is due at once; one
    that reads well again is armed anew. Nobody asks for it: it is the installation's own work.
    """
    standing = _standing(engagement)
    values = sign_values(standing, as_of.date())
    tripped = []
    for indicator in standing:
        read = read_sign(indicator.sign, values[indicator.public_id], as_of=as_of.date())
        since = read.since if read.state is SignState.TRIPPED else None
        if (since, read.last) == (indicator.tripped_on, indicator.read_on):
            continue
        newly = since is not None and indicator.tripped_on is None
        indicator.tripped_on, indicator.read_on = since, read.last
        indicator.save(update_fields=["tripped_on", "read_on"])
        if newly:
            tripped.append(indicator)
            _raise(indicator, as_of)
    return tripped


def _standing(engagement: Engagement) -> list[AnyIndicator]:
    found: list[AnyIndicator] = []
    for register in REGISTERS.values():
        rows = register.indicators.objects.filter(
            risk__engagement=engagement, risk__closed_on=None, ended_at=None
        )
        # Two rounds at once would both find that one has tripped.
        found += (
            rows.select_for_update(of=("self",))
            .select_related("risk__engagement__client", "objective")
            .order_by("id")
        )
    return found


def _raise(indicator: AnyIndicator, as_of: datetime) -> None:
    risk = indicator.risk
    risk.warned_on = as_of.date()
    risk.save(update_fields=["warned_on"])
    step(
        risk,
        StepKind.WARNED,
        f"The indicator “{indicator.name}” has tripped: “{risk.title}” may be coming true.",
        action="check_indicators",
        note=f"{indicator.name}, since {indicator.tripped_on:%d %B %Y}.",
        document={"indicator": indicator.public_id, "since": str(indicator.tripped_on)},
        by=None,
        as_of=as_of,
    )
    tell_tripped(indicator, as_of)
