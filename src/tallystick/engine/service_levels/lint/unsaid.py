"""Rules of one shape: a key that a document leaves out, although much hangs on it."""

from collections.abc import Callable, Iterator

from tallystick.engine.service_levels.lint.rule import Look, Spot
from tallystick.engine.service_levels.lint.wording import Clause, Wording

Concerns = Callable[[Clause], bool]


def level_leaves_out(
    path: str, sentence: str, remedy: str, concerns: Concerns = lambda clause: True
) -> Look:
    """Return a look at every service level that a key concerns and that leaves it out."""
    keys = path.split(".")

    def look(wording: Wording) -> Iterator[Spot]:
        for clause in wording.clauses:
            if concerns(clause) and not clause.says(*keys):
                yield Spot(f"{clause.place}.{path}", f"{clause.name} {sentence}", remedy)

    return look


def document_leaves_out(
    path: str, sentence: str, remedy: str, concerns: Callable[[Wording], bool] = lambda _: True
) -> Look:
    """Return a look at a document that a key concerns and that leaves it out."""
    keys = path.split(".")

    def look(wording: Wording) -> Iterator[Spot]:
        if concerns(wording) and not wording.says(*keys):
            yield Spot(path, sentence, remedy)

    return look
