"""What became of the demo's lessons: validated, verified, put into a template, met again."""

from dataclasses import dataclass

from tallystick.actions.add_template_item import add_template_item
from tallystick.actions.judge_recurrence import judge_recurrence
from tallystick.actions.move_lesson import move_lesson
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.engine.lessons.checklists import Checklist
from tallystick.records.lessons import Lesson, LessonState


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What the client's people do with what they have learned."""

    cast: Cast
    now: Month

    def references(self, lesson: Lesson) -> None:
        """Let the lesson on references change the criteria of every selection, and prove itself."""
        add_template_item(
            lesson=lesson,
            checklist=Checklist.CRITERIA,
            text="A former client called that the bidder did not name",
            by=self.cast.ada,
            as_of=self.now.plus(-5).at(2, 9),
        )
        move_lesson(
            lesson=lesson,
            to=LessonState.VERIFIED,
            note="Two bidders of the ERP selection were told apart by it.",
            by=self.cast.ada,
            as_of=self.now.plus(-2).at(6, 9),
        )

    def validated(self, lesson: Lesson) -> None:
        """Let a colleague check a lesson that nobody has applied yet."""
        move_lesson(
            lesson=lesson,
            to=LessonState.VALIDATED,
            note="Checked against the minutes of both closing reviews.",
            by=self.cast.ada,
            as_of=self.now.plus(-2).at(16, 9),
        )

    def met_again(self, lesson: Lesson, later: Lesson) -> None:
        """Say that a later mistake repeats what a lesson had told."""
        judge_recurrence(
            lesson=lesson,
            mistake=later,
            repeats=True,
            note="A calendar that nobody read before signing, again.",
            by=self.cast.ada,
            as_of=later.published_at,
        )
