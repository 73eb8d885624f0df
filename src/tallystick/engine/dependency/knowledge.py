"""Capabilities and who has them -> how many people may be lost."""

from collections import Counter
from collections.abc import Collection, Sequence


def truck_factor(capabilities: Sequence[Collection[str]]) -> int:
    """
    Return the fewest people whose loss leaves more than half of the capabilities to nobody.

    Each capability is given by the people who have it. The greedy search of Avelino et al.
    (ICPC 2016): whoever has most goes first; by name where several have as many. 0 if more than
    half are nobody's already, or there are none.
    """
    left = [set(people) for people in capabilities]
    gone = 0
    while left and 2 * sum(not people for people in left) <= len(left):
        counts = Counter(name for people in left for name in people)
        most = min(counts, key=lambda name: (-counts[name], name))
        left = [people - {most} for people in left]
        gone += 1
    return gone
