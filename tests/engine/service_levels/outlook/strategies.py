"""Generated targets, counts and experiences."""

from fractions import Fraction

from hypothesis import strategies as st

from tallystick.engine.service_levels.outlook.jeffreys import Experience
from tallystick.engine.service_levels.terms.goals import Goal


def targets() -> st.SearchStrategy[Goal]:
    """Return targets from 0.1 % to 100 %, to be reached."""
    return st.integers(1, 1000).map(lambda permille: Goal(Fraction(permille, 1000)))


def counts(most: int = 200) -> st.SearchStrategy[int]:
    """Return counts from none to some."""
    return st.integers(0, most)


def experiences(most: int = 60) -> st.SearchStrategy[Experience]:
    """Return what was kept and missed."""
    return st.builds(Experience, counts(most), counts(most))
