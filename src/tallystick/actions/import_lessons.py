"""Import a register of lessons: its rows become lessons, those that are held already stay alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.lesson_wording import LessonWording, checked_wording
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.engine.registers import Register, RegisterRow, identity_of, read_register
from tallystick.records.lessons import Lesson, LessonState, LessonStep
from tallystick.records.roles import Duty
from tallystick.records.store import register_path
from tallystick.records.viewer import Viewer


class NothingNew(Refusal):
    """Every row is held already, or cannot be read."""

    code = "register.nothing-new"


class RegisterGone(Refusal):
    """The file was imported meanwhile, or never received."""

    code = "register.gone"


@dataclass(frozen=True, slots=True)
class Sorted:
    """What an import would do: rows that are new, held already, or kept out."""

    register: Register
    new: list[RegisterRow]
    held: list[RegisterRow]
    kept_out: list[RegisterRow]


def sort_register(digest: str, columns: Mapping[str, str] | None, by: Viewer) -> Sorted:
    """
    Return what importing a received register would do; a dry run.

    Raises:
        NotPermitted, RegisterGone, and whatever `read_register` refuses it for
    """
    require(by, Duty.PUBLISH_LESSON)
    try:
        register = read_register(register_path(by.organisation, digest), columns)
    except FileNotFoundError as gone:
        raise RegisterGone(
            "This file waits no longer: it was imported meanwhile.",
            place="file",
            remedy="Look into the lessons; if they are not there, choose the file again.",
        ) from gone
    known = {
        identity_of(*pair)
        for pair in Lesson.objects.filter(client=by.organisation).values_list(
            "title", "what_happened"
        )
    }
    new = [row for row in register.good if row.identity not in known]
    held = [row for row in register.good if row.identity in known]
    return Sorted(register, new, held, [row for row in register.rows if row.problems])


@transaction.atomic
def import_lessons(
    *, digest: str, columns: Mapping[str, str] | None, name: str, by: Viewer, as_of: datetime
) -> list[Lesson]:
    """
    Store the new lessons of a received register, all or none, and let the file go.

    The same file again imports nothing twice.

    Raises:
        NothingNew, and what `sort_register` raises
    """
    rows = sort_register(digest, columns, by).new
    if not rows:
        raise NothingNew(
            "No row of the file is a lesson that you do not hold already.",
            place="file",
            remedy="Look at the rows that were kept out, or choose other columns.",
        )
    made = Lesson.objects.bulk_create(_lesson(row, by, as_of) for row in rows)
    LessonStep.objects.bulk_create(
        LessonStep(
            client=by.organisation,
            lesson=lesson,
            state=lesson.state,
            note=f"Imported from {name}, line {row.line}.",
            taken_at=as_of,
            taken_by=by.person,
        )
        for lesson, row in zip(made, rows, strict=True)
    )
    enter(
        by.organisation,
        f"Imported {len(made)} lessons from {name}.",
        action="import_lessons",
        payload={"file": name, "digest": digest, "lessons": [each.public_id for each in made]},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    waiting = register_path(by.organisation, digest)
    transaction.on_commit(lambda: waiting.unlink(missing_ok=True))
    return made


def _lesson(row: RegisterRow, by: Viewer, as_of: datetime) -> Lesson:
    wording = checked_wording(LessonWording(**row.fields))
    return Lesson(
        client=by.organisation,
        state=LessonState.IDENTIFIED if wording.is_whole else LessonState.OBSERVATION,
        published_at=as_of,
        published_by=by.person,
        **wording.fields(),
    )
