"""Authors of lessons who are named to nobody, in the history as little as beside the lesson."""

from collections.abc import Iterable

from tallystick.records.ledger import LedgerEntry
from tallystick.records.lessons import Lesson


def unnamed_in(entries: Iterable[LedgerEntry]) -> frozenset[int]:
    """
    Return the keys of those entries that would tell who wrote a lesson without a name.

    They are what the author did to the lesson itself; what others did to it is told.
    """
    own = [each for each in entries if each.noun == Lesson.__name__]
    withheld = Lesson.objects.filter(
        author_withheld=True, public_id__in={each.subject for each in own}
    )
    authors = set(withheld.values_list("public_id", "published_by"))
    return frozenset(each.pk for each in own if (each.subject, each.by_id) in authors)
