"""Skills that are needed and people who are named -> what is covered by somebody with a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class NeededSkill:
    """A skill at a level (such as SFIA's 1 to 7), and how many people must have it."""

    skill: str
    level: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of the bid with the level of each skill; without a name it is only a promise."""

    name: str
    levels: Mapping[str, int]

    def has(self, needed: NeededSkill) -> bool:
        """Return whether the person has a skill at a level or above."""
        return self.levels.get(needed.skill, 0) >= needed.level


@dataclass(frozen=True, slots=True)
class SkillCell:
    """
    One needed skill, and who covers it by name.

    `promised` counts people without a name who would also do; they cover nothing.
    """

    needed: NeededSkill
    names: tuple[str, ...]
    promised: int

    @property
    def covered(self) -> bool:
        """Return whether enough named people have it."""
        return len(self.names) >= self.needed.people


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is needed, cell by cell in the order given; `share` is None if nothing is needed."""

    cells: Sequence[SkillCell]
    share: Fraction | None


def coverage(needed: Iterable[NeededSkill], members: Iterable[TeamMember]) -> Coverage:
    """
    Return how much of what is needed is covered by named people.

    A name that stands twice is one person. Whoever has several skills covers several cells; that
    one person cannot do all of them at once is a question of capacity.
    """
    people = list(members)
    cells = [_cell(each, people) for each in needed]
    share = Fraction(sum(each.covered for each in cells), len(cells)) if cells else None
    return Coverage(cells, share)


def _cell(needed: NeededSkill, people: Sequence[TeamMember]) -> SkillCell:
    able = [each for each in people if each.has(needed)]
    named = {each.name.strip() for each in able} - {""}
    promised = sum(not each.name.strip() for each in able)
    return SkillCell(needed, tuple(sorted(named)), promised)
