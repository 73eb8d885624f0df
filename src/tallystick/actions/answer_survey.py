"""Answer a survey by a link: without an account, without a name, once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tallystick.actions.answer_links import LinkClosed, hashed, spend
from tallystick.actions.ledger import enter
from tallystick.engine.refusals import Refusal
from tallystick.engine.reviews.perceived import MOST, QUESTIONS
from tallystick.records.surveys import SurveyAnswer, SurveyLink, link_at


class AnswerIncomplete(Refusal):
    """A question has no mark from 1 to 5."""

    code = "survey.answer-incomplete"


__all__ = ["AnswerIncomplete", "LinkClosed", "answer_survey"]


@transaction.atomic
def answer_survey(
    *, token: str, marks: Mapping[str, int], by: None = None, as_of: datetime
) -> SurveyAnswer:
    """
    Keep the marks, and that the link was used; nothing says which answer came by which link.

    `by` is None: whoever holds the link answers, and no entry names anybody.

    Raises:
        LinkClosed, AnswerIncomplete
    """
    held = link_at(hashed(token), SurveyLink.objects.select_for_update(of=("self",)))
    link = spend(held, as_of)
    for name in QUESTIONS:
        if marks.get(name) not in range(1, MOST + 1):
            raise AnswerIncomplete(
                f"“{QUESTIONS[name]}” has no answer.",
                place=name,
                remedy=f"Choose a mark from 1 to {MOST}.",
            )
    answer = SurveyAnswer.objects.create(
        survey=link.survey,
        side=link.organisation.side,
        marks={name: int(marks[name]) for name in QUESTIONS},
    )
    enter(
        link.survey,
        "An answer to the survey came in.",
        action="answer_survey",
        payload={},
        chain=link.survey.engagement,
        by=by,
        as_of=as_of,
    )
    return answer
