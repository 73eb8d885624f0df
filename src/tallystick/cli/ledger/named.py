"""The engagement that a command names, for whoever runs the installation."""

from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement


class NoSuchLedger(Refusal):
    """A name is that of no engagement, or of several."""

    code = "ledger.no-such-engagement"


def engagement_named(name: str) -> Engagement:
    """
    Return the one engagement with this id or name.

    Raises:
        NoSuchLedger: if there is none, or several clients have one of that name.
    """
    found = list(Engagement.objects.filter(public_id=name)) or list(
        Engagement.objects.filter(name__iexact=name)[:2]
    )
    if len(found) != 1:
        raise NoSuchLedger(
            f"{'several engagements are' if found else 'no engagement is'} called {name!r}",
            place="ENGAGEMENT",
            remedy="Give the id from the engagement's address.",
        )
    return found[0]
