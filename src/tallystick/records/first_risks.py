"""Whether risks were identified before an engagement leaves its first stage."""

from collections.abc import Iterable

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import REGISTERS


def without_risks(engagements: Iterable[Engagement]) -> frozenset[int]:
    """
    Return the keys of those whose define gate waits for a first identification of risks.

    Either register will do, and a risk that is over by now was identified too. A query for each
    register, however many engagements there are.
    """
    waiting = {each.pk for each in engagements if each.stage == Stage.DEFINE}
    for register in REGISTERS.values():
        if waiting:
            held = register.risks.objects.filter(engagement__in=waiting)
            waiting -= set(held.values_list("engagement_id", flat=True))
    return frozenset(waiting)
