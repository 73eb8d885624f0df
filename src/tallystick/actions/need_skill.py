"""Say which skill the work of a selection needs, at which level, of how many people."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.bid_evidence import demand_room, held_selection, on_scale
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.records.bid_experience import HIGHEST, LOWEST, NeededSkill
from tallystick.records.roles import Duty
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer

MOST, MOST_PEOPLE = 50, 500


@transaction.atomic
def need_skill(
    *,
    selection: Selection,
    skill: str,
    level: int,
    people: int = 1,
    by: Viewer,
    as_of: datetime,
) -> NeededSkill:
    """
    Keep a needed skill; the same skill at the same level is stated anew with other people.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, FigureOutside, TooMuchEvidence
    """
    require(by, Duty.RUN_SELECTION)
    selection = held_selection(selection)
    name = checked(skill, "skill", longest=80)
    on_scale(level, "level", LOWEST, HIGHEST)
    on_scale(people, "people", 1, MOST_PEOPLE)
    known = NeededSkill.objects.filter(selection=selection)
    # A skill is one skill however it is written; its first spelling stays.
    name = known.filter(skill__iexact=name).values_list("skill", flat=True).first() or name
    if not known.filter(skill=name, level=level).exists():
        demand_room(known.count(), MOST, "needed skills", "skill")
    kept, _ = NeededSkill.objects.update_or_create(
        selection=selection,
        skill=name,
        level=level,
        defaults={"client": selection.client, "people": people, "needed_since": as_of},
    )
    tell(
        kept,
        f"Asked for {people} with “{name}” at level {level}.",
        action="need_skill",
        payload={"skill": name, "level": level, "people": people},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return kept
