"""A generated world, as the kernel measures it and as the walker does."""

from typing import Any

from tallystick.engine.service_levels.flags import Flag
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.values import FOREVER, Spans
from tests.engine.service_levels.builders import a_level_document, an_agreement, histories
from tests.engine.service_levels.oracle import Answer, Walker
from tests.engine.service_levels.worlds import World

FAR = 45 * 86_400
"""The walker gives up after sixty days; what it does not find lies at least this far ahead."""


def agreement_of(world: World) -> Agreement:
    """Return an agreement over all years with the one service level of a world."""
    return an_agreement(
        zone=world.calendar["zone"],
        in_force={"from": "1985-01-01", "until": "2020-01-01"},
        calendars={"office": world.calendar},
        service_levels=[a_level_document(**world.level)],
    )


def spans_of(world: World) -> Spans:
    """Return the histories of a world as the engine reads them."""
    rows = [stated for changes in world.items.values() for _, _, stated in changes]
    names = ("priority", "waiting_for", "service", "promised")
    return histories(
        {
            name: [(instant, state) for instant, state, _ in changes]
            for name, changes in world.items.items()
        },
        {name: [stated.get(name, "") for stated in rows] for name in names},
    )


def kernel_answers(world: World) -> dict[str, list[Answer]]:
    """Return what the kernel says of each item, put as the walker would."""
    agreement = agreement_of(world)
    got = measure(spans_of(world), agreement.service_levels[0], agreement, world.as_of)
    answers: dict[str, list[Answer]] = {}
    for row in range(len(got)):
        answers.setdefault(got.id_of(row), []).append(_answer(got, row))
    return answers


def walker_answers(world: World) -> dict[str, list[Answer]]:
    """Return what the walker finds of each item that had begun."""
    walker = Walker(world.calendar, world.level)
    return {
        name: walker.walk(changes, world.as_of)
        for name, changes in world.items.items()
        if changes[0][0] <= world.as_of
    }


def differences(world: World) -> list[str]:
    """Return what the kernel and the walker say differently, a line for each figure."""
    return compared(kernel_answers(world), walker_answers(world), world.as_of)


def compared(
    kernel: dict[str, list[Answer]], walker: dict[str, list[Answer]], as_of: int
) -> list[str]:
    """Return in which figures two answers differ."""
    if kernel.keys() != walker.keys():
        return [f"items {sorted(kernel)} and {sorted(walker)}"]
    return [
        f"{name}: {line}"
        for name, answers in walker.items()
        for line in _differ(kernel[name], answers, as_of)
    ]


def _differ(kernel: list[Answer], walker: list[Answer], as_of: int) -> list[str]:
    if len(kernel) != len(walker):
        return [f"{len(kernel)} and {len(walker)} cycles"]
    found = []
    for one, other in zip(kernel, walker, strict=True):
        for key, said in vars(one).items():
            walked = getattr(other, key)
            if said != walked and not _is_far(key, said, walked, as_of):
                found.append(f"cycle {one.cycle}, {key}: kernel {said}, walker {walked}")
    return found


def _is_far(key: str, said: Any, walked: Any, as_of: int) -> bool:
    if key not in {"due", "first_due"} or walked is not None:
        return False
    return said is None or bool(said > as_of + FAR)


def _answer(got: Outcomes, row: int) -> Answer:
    return Answer(
        cycle=int(got.cycle[row]),
        opened=int(got.opened[row]),
        counted=int(got.counted[row]),
        paused=int(got.paused[row]),
        elapsed=int(got.elapsed[row]),
        done=_instant(int(got.done[row])),
        due=_instant(int(got.due[row])),
        first_due=_instant(int(got.first_due[row])),
        late=bool(got.over[row] > 0),
        verdict=got.verdict_of(row).value,
        reason=got.reason_of(row).value,
        flags={str(flag.name) for flag in Flag(int(got.flags[row]))},
    )


def _instant(seconds: int) -> int | None:
    return None if seconds == FOREVER else seconds
