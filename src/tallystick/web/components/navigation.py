"""Steps done and to come, and the pages of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.web.components.words import sentence


@dataclass(frozen=True, slots=True)
class Step:
    """One step on a way; `state` is done, current or ahead."""

    number: int
    label: str
    state: str


def steps_of(names: Sequence[str] | str, current: str, finished: bool = False) -> list[Step]:
    """
    Return the steps, those before `current` done; all of them where the way is `finished`.

    `names` is a list, or a text with commas. Raises ValueError if `current` is not among them.
    """
    listed = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    place = listed.index(current)

    def state(number: int) -> str:
        if number < place or finished:
            return "done"
        return "current" if number == place else "ahead"

    return [Step(n + 1, sentence(name), state(n)) for n, name in enumerate(listed)]


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return the page numbers to show; None stands for those left out."""
    wanted = {1, 2, current - 1, current, current + 1, last - 1, last}
    shown = sorted(number for number in wanted if 1 <= number <= last)
    pages: list[int | None] = []
    for number in shown:
        if pages and number - (pages[-1] or 0) > 1:
            pages.append(None)
        pages.append(number)
    return pages
