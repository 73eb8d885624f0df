"""State what bids are judged by, or state it anew; after the opening each change is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tallystick.actions.anchored import ANCHORED, anchored, demand_anchors
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import standing_bids
from tallystick.records.roles import Duty
from tallystick.records.scores import Evaluator
from tallystick.records.selections import (
    WEIGHED,
    Criterion,
    CriterionEdit,
    CriterionKind,
    Phase,
    Selection,
)
from tallystick.records.viewer import Viewer

MOST = 200


class CriterionNameTaken(Refusal):
    """Two criteria of one selection would bear the same name."""

    code = "criterion.name-taken"


class CriterionMisplaced(Refusal):
    """A criterion stands below another that is no group, or below itself."""

    code = "criterion.misplaced"


class CriterionWeightRefused(Refusal):
    """A weight lies outside 0 to 100, or a knock-out has one."""

    code = "criterion.weight-refused"


class TooManyCriteria(Refusal):
    """More criteria than anybody weighs."""

    code = "criterion.too-many"


@dataclass(frozen=True, slots=True)
class CriterionWording:
    """What a criterion says; `worst`, `target` and `unit` are for measured ones and the price."""

    name: str
    kind: CriterionKind = CriterionKind.JUDGED
    parent: Criterion | None = None
    weight: Decimal | None = None
    question: str = ""
    unit: str = ""
    worst: Decimal | None = None
    target: Decimal | None = None
    anchors: Mapping[str, str] = field(default_factory=dict)
    needs_evidence: bool = True


@transaction.atomic
def state_criterion(
    *,
    selection: Selection,
    wording: CriterionWording,
    amends: Criterion | None = None,
    reason: str = "",
    by: Viewer,
    as_of: datetime,
) -> Criterion:
    """
    Store a criterion; once bids are open only an existing one changes, for a reason that stays.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, CriterionNameTaken, CriterionMisplaced,
        CriterionWeightRefused, TooManyCriteria, AnchorsEqual, AnchorRefused, AnchorsUnwritten
    """
    require(by, Duty.RUN_SELECTION)
    phases = (Phase.PREPARING, Phase.SCORING) if amends else (Phase.PREPARING,)
    selection = locked(selection, *phases)
    values = _checked(selection, wording, amends)
    criterion = amends or Criterion(
        client=by.organisation,
        selection=selection,
        position=Criterion.objects.filter(selection=selection).count(),
    )
    if amends and selection.phase is not Phase.PREPARING:
        _demand_answers(amends, wording.kind, values["anchors"])
        _keep_edits(amends, values, checked(reason, "reason"), by, as_of)
    for name, value in values.items():
        setattr(criterion, name, value)
    criterion.stated_at = as_of
    criterion.save()
    tell(
        criterion,
        f"{'Amended' if amends else 'Stated'} the criterion “{criterion.name}”.",
        action="state_criterion",
        payload={name: str(value) for name, value in asdict(wording).items() if value}
        | {"parent": wording.parent.name if wording.parent else "", "reason": reason},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return criterion


def _checked(
    selection: Selection, wording: CriterionWording, amends: Criterion | None
) -> dict[str, Any]:
    others = Criterion.objects.filter(selection=selection)
    if amends:
        others = others.exclude(pk=amends.pk)
    name = checked(wording.name, "name", longest=120)
    if others.filter(name__iexact=name).exists():
        raise CriterionNameTaken(
            f"There is a criterion called “{name}” already.",
            place="name",
            remedy="Choose another name, or change the one that exists.",
        )
    if not amends and others.count() >= MOST:
        raise TooManyCriteria(
            f"A selection has at most {MOST} criteria.",
            place="name",
            remedy="Judge what decides; leave out what every bidder has.",
        )
    _demand_a_place(wording, amends)
    worst, target = anchored(wording.kind, wording.worst, wording.target)
    return {
        "name": name,
        "kind": wording.kind,
        "parent": wording.parent,
        "weight": _weight(wording),
        "question": checked(wording.question, "question", needed=False),
        "unit": checked(wording.unit, "unit", longest=40, needed=False),
        "worst": worst,
        "target": target,
        "anchors": {
            score: checked(text, f"anchor_{score}", longest=1_000, needed=False)
            for score, text in wording.anchors.items()
            if score in ANCHORED
        },
        "needs_evidence": wording.needs_evidence,
    }


def _demand_a_place(wording: CriterionWording, amends: Criterion | None) -> None:
    above = wording.parent
    while above is not None:
        if above.kind != CriterionKind.GROUP or (amends and above.pk == amends.pk):
            raise CriterionMisplaced(
                f"“{wording.name}” cannot stand below “{above.name}”.",
                place="parent",
                remedy="Choose a group that is not part of it, or none.",
            )
        above = above.parent
    kept = amends and amends.parts.exists() and wording.kind != CriterionKind.GROUP
    if kept or (wording.parent and wording.kind == CriterionKind.KNOCK_OUT):
        raise CriterionMisplaced(
            "A group with criteria below it stays a group; a knock-out stands by itself.",
            place="kind",
            remedy="Move the criteria away first, or leave the place empty.",
        )


def _weight(wording: CriterionWording) -> Decimal | None:
    if wording.kind not in WEIGHED:
        if wording.weight:
            raise CriterionWeightRefused(
                "A knock-out has no weight: a bid meets it or is out.",
                place="weight",
                remedy="Leave the weight empty, or judge it by a score instead.",
            )
        return None
    weight = wording.weight if wording.weight is not None else Decimal(0)
    if not weight.is_finite() or not 0 <= weight <= 100 or weight != round(weight, 2):
        raise CriterionWeightRefused(
            "A weight is a number from 0 to 100 with at most two decimals.",
            place="weight",
            remedy="Give its part of 100 among the criteria beside it.",
        )
    return weight


def _demand_answers(criterion: Criterion, kind: CriterionKind, anchors: Mapping[str, str]) -> None:
    """Let an open criterion ask for nothing that bids or evaluators can no longer answer."""
    unanswered = ""
    if kind == CriterionKind.JUDGED:
        demand_anchors(criterion.name, anchors)
        handed_in = Evaluator.objects.filter(
            selection=criterion.selection, barred_at=None, handed_in_at__isnull=False
        )
        unanswered = "An evaluator has handed in without scoring it." if handed_in.exists() else ""
    if kind == CriterionKind.MEASURED:
        bids = standing_bids(criterion.selection)
        lacking = [each.name for each in bids if criterion.public_id not in each.values]
        unanswered = f"No figure was asked of {', '.join(lacking)}." if lacking else ""
    if unanswered and kind != criterion.kind:
        raise CriterionMisplaced(
            unanswered,
            place="kind",
            remedy="Leave it as it is answered now: no bid and no score could follow the change.",
        )


_KEPT = {
    "weight": ("weight", "parent"),
    "anchors": ("worst", "target", "anchors", "unit", "question"),
    "gate": ("kind", "needs_evidence", "name"),
}
"""What a change is called in the record of edits, and the fields that it may touch."""


def _keep_edits(
    criterion: Criterion, values: Mapping[str, Any], reason: str, by: Viewer, as_of: datetime
) -> None:
    for what, names in _KEPT.items():
        changed = [name for name in names if getattr(criterion, name) != values[name]]
        if not changed:
            continue
        before = {name: getattr(criterion, name) for name in changed}
        after = {name: values[name] for name in changed}
        CriterionEdit.objects.create(
            client=criterion.client,
            selection=criterion.selection,
            criterion=criterion,
            what=what,
            before=_told(before),
            after=_told(after),
            reason=reason,
            edited_at=as_of,
            edited_by=by.person,
        )


def _told(values: Mapping[str, Any]) -> str:
    """Write values for people: what a score earns stands behind that score."""
    said: list[str] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            said += [f"{name} {score}: {text}" for score, text in value.items() if text]
        elif value not in (None, ""):
            said.append(f"{name.replace('_', ' ')} {value}")
    return "; ".join(said)
