"""What is not as it is stated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it is stated; `place` is where: a file, a level and window."""

    code: str
    place: str
    sentence: str
