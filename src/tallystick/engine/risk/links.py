"""Risks that lead to others -> an order without a circle, or the circle that they form."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from tallystick.engine.refusals import Refusal


class RisksCircular(Refusal):
    """A risk leads to itself, by way of others; `circle` names them, each once."""

    code = "risk.circular"

    def __init__(self, circle: tuple[str, ...]) -> None:
        self.circle = circle
        super().__init__(
            f"Risks lead to each other in a circle: {' to '.join([*circle, circle[0]])}.",
            place=f"links.{circle[0]}",
            remedy="Remove one of these links; what both have in common is a cause, not a risk.",
        )


class LinkUnknown(Refusal):
    """A risk leads to one that is not there."""

    code = "risk.unknown-link"

    def __init__(self, risk: str, other: str) -> None:
        super().__init__(
            f"The risk {risk} leads to {other}, which is not there.",
            place=f"links.{risk}",
            remedy="Name a risk of this register.",
        )


def in_order(risks: Iterable[str], links: Mapping[str, Iterable[str]]) -> list[str]:
    """
    Return the risks with each one before those that it leads to.

    `links` names for a risk those that it leads to.

    Raises:
        LinkUnknown: if a link begins or ends at a risk that is not there.
        RisksCircular: if links form a circle, which is named.
    """
    known = dict.fromkeys(risks)
    sorter: TopologicalSorter[str] = TopologicalSorter({each: () for each in known})
    for risk, others in links.items():
        for other in others:
            if missing := [each for each in (risk, other) if each not in known]:
                raise LinkUnknown(risk, missing[0])
            sorter.add(other, risk)
    try:
        return list(sorter.static_order())
    except CycleError as fault:
        # The first and the last of them are the same, and each comes after the one before.
        circle = list(fault.args[1][:-1])
        first = circle.index(min(circle))
        raise RisksCircular((*circle[first:], *circle[:first])) from fault
