"""Why criteria form no tree: one refusal for each fault, with the place and what to do."""

from collections.abc import Sequence
from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number


class NoCriteria(Refusal):
    """A competition has at least one criterion."""

    code = "criteria.none"

    def __init__(self) -> None:
        super().__init__("There is no criterion.", place="criteria", remedy="Add the first one.")


class CriterionTwice(Refusal):
    """Two criteria have the same id."""

    code = "criteria.twice"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The criterion {name} is given twice.",
            place=f"criteria.{name}",
            remedy="Remove one of the two, or give it another id.",
        )


class ParentUnknown(Refusal):
    """A criterion lies under one that is not there."""

    code = "criteria.unknown-parent"

    def __init__(self, name: str, parent: str) -> None:
        super().__init__(
            f"The criterion {name} lies under {parent}, which is not there.",
            place=f"criteria.{name}.parent",
            remedy="Name a criterion of the list, or none for the top.",
        )


class CriteriaCircular(Refusal):
    """A criterion lies under itself, by way of others; such a circle has no leaf."""

    code = "criteria.circular"

    def __init__(self, circle: Sequence[str]) -> None:
        way = " under ".join([*circle, circle[0]])
        super().__init__(
            f"Criteria lie in a circle: {way}.",
            place=f"criteria.{circle[0]}.parent",
            remedy="Move one of them to the top.",
        )


class WeightOutOfRange(Refusal):
    """A weight lies outside 0 to 100."""

    code = "criteria.weight-out-of-range"

    def __init__(self, name: str, weight: Number) -> None:
        super().__init__(
            f"The weight of {name} is {_plain(weight)}; it lies between 0 and 100.",
            place=f"criteria.{name}.weight",
            remedy="Give its part of 100 among its siblings.",
        )


class WeightsDoNotSum(Refusal):
    """The weights of siblings do not add up to 100; `parent` and `sum` say whose and to what."""

    code = "criteria.weights-do-not-sum"

    def __init__(self, parent: str | None, found: Fraction) -> None:
        self.parent = parent
        self.sum = found
        where = "at the top" if parent is None else f"under {parent}"
        super().__init__(
            f"The weights {where} add up to {_plain(found)} instead of 100.",
            place="criteria" if parent is None else f"criteria.{parent}",
            remedy="Change them until they add up to 100.",
        )


class CriterionWithoutAnchors(Refusal):
    """A measured criterion does not say what is worth nothing and what is worth everything."""

    code = "criteria.without-anchors"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The criterion {name} has no anchors.",
            place=f"criteria.{name}.anchors",
            remedy="Name the worst acceptable figure and the target, before bids are opened.",
        )


def _plain(number: Number) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
