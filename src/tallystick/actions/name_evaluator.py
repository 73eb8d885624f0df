"""Name a colleague as evaluator, or bar one: whoever has an interest does not judge."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.people import Person, colleagues_who_may
from tallystick.records.roles import Duty
from tallystick.records.scores import Evaluator
from tallystick.records.selections import Phase, Selection
from tallystick.records.viewer import Viewer


class EvaluatorUnfit(Refusal):
    """Somebody who may not score: of another organisation, or with a role that only reads."""

    code = "evaluator.unfit"


class EvaluatorNamed(Refusal):
    """The person is an evaluator here already."""

    code = "evaluator.named"


class EvaluatorBarred(Refusal):
    """The person scores here no more."""

    code = "evaluator.barred"


@transaction.atomic
def name_evaluator(
    *, selection: Selection, person: Person, by: Viewer, as_of: datetime
) -> Evaluator:
    """
    Let a colleague score; their declaration of interests comes first.

    Raises:
        NotPermitted, WrongPhase, EvaluatorUnfit, EvaluatorNamed
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.PREPARING, Phase.SCORING)
    if not colleagues_who_may(by, Duty.SCORE_BIDS).filter(pk=person.pk).exists():
        raise EvaluatorUnfit(
            f"{person.name} cannot score for {by.organisation.name}.",
            place="person",
            remedy="Choose a colleague whose role may write.",
        )
    if Evaluator.objects.filter(selection=selection, person=person).exists():
        raise EvaluatorNamed(
            f"{person.name} was named before.", place="person", remedy="Nothing needs doing."
        )
    evaluator = Evaluator.objects.create(
        client=by.organisation, selection=selection, person=person, named_at=as_of
    )
    tell(
        evaluator,
        f"Named {person.name} as evaluator.",
        action="name_evaluator",
        payload={"person": person.public_id},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return evaluator


def demand_in(evaluator: Evaluator) -> None:
    """
    Let only an evaluator go on who was not barred.

    Raises:
        EvaluatorBarred
    """
    if evaluator.barred_at:
        raise EvaluatorBarred(
            f"{evaluator.person.name} scores here no more: {evaluator.barred_because}",
            place="evaluator",
            remedy="Name somebody else as evaluator.",
        )


@transaction.atomic
def bar_evaluator(*, evaluator: Evaluator, reason: str, by: Viewer, as_of: datetime) -> Evaluator:
    """
    Take an evaluator out, for a reason; what they scored counts no more and stays kept.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, EvaluatorBarred
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(evaluator.selection, Phase.PREPARING, Phase.SCORING)
    evaluator = Evaluator.objects.select_related("person").get(pk=evaluator.pk)
    demand_in(evaluator)
    evaluator.barred_because = checked(reason, "reason", longest=1_000)
    evaluator.barred_at = as_of
    evaluator.save(update_fields=["barred_at", "barred_because"])
    tell(
        evaluator,
        f"Took {evaluator.person.name} out of the evaluators.",
        action="bar_evaluator",
        payload={"person": evaluator.person.public_id, "reason": evaluator.barred_because},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return evaluator
