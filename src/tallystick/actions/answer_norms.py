"""Say how one's team works, by a link: without an account, without a name, once."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tallystick.actions.answer_links import LinkClosed, hashed, spend
from tallystick.actions.ledger import enter
from tallystick.engine.scoring.norms import ITEMS, LEAST, MOST, AnswerOutsideScale
from tallystick.records.norms import NormsAnswer, NormsLink, norms_link_at

__all__ = ["LinkClosed", "answer_norms"]


@transaction.atomic
def answer_norms(
    *, token: str, marks: Mapping[str, int], by: None = None, as_of: datetime
) -> NormsAnswer:
    """
    Keep the answers, and that the link was used; nothing says which answer came by which link.

    `by` is None: whoever holds the link answers, and no entry names anybody, nor a team.

    Raises:
        LinkClosed, AnswerOutsideScale
    """
    held = norms_link_at(hashed(token), NormsLink.objects.select_for_update(of=("self",)))
    link = spend(held, as_of)
    for name, (low, high) in ITEMS.items():
        if marks.get(name) not in range(LEAST, MOST + 1):
            raise AnswerOutsideScale(
                f"“{low}” or “{high}”: there is no answer.",
                place=name,
                remedy=f"Choose from {LEAST} to {MOST}.",
            )
    answer = NormsAnswer.objects.create(
        survey=link.survey, bid_id=link.bid_id, marks={name: int(marks[name]) for name in ITEMS}
    )
    enter(
        link.survey,
        "An answer about working norms came in.",
        action="answer_norms",
        payload={},
        chain=link.client,
        by=by,
        as_of=as_of,
    )
    return answer
