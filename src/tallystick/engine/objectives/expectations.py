"""How important both sides say an objective is -> how far apart they are."""

from tallystick.engine.refusals import Refusal

LEAST, MOST = 1, 5
APART = 2
"""Points from which both sides expect different things."""


class RatingOutsideScale(Refusal):
    """A rating of importance lies outside 1 to 5."""

    code = "objectives.rating-outside-scale"


def importance_gap(client: int | None, provider: int | None) -> int | None:
    """
    Return how many points of five two ratings lie apart; None until both sides have rated.

    Raises:
        RatingOutsideScale: if a rating lies outside 1 to 5.
    """
    for rating, side in ((client, "client"), (provider, "provider")):
        if rating is not None and not LEAST <= rating <= MOST:
            raise RatingOutsideScale(
                f"The {side} rates the importance {rating}.",
                place=f"importance_{side}",
                remedy=f"Rate it from {LEAST} to {MOST}.",
            )
    return None if client is None or provider is None else abs(client - provider)


def misaligned(gap: int | None, apart: int = APART) -> bool:
    """Return whether a gap is one to talk about; before both have rated there is none."""
    return gap is not None and gap >= apart
