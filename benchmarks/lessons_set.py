"""Made-up lessons: a vocabulary in which few words are frequent and most are rare."""

from collections.abc import Iterator
from random import Random

from tallystick.engine.lessons import LessonText

_SYLLABLES = [start + end for start in "bcdfgklmnprstvz" for end in "aeio"]
_STAGES = ((), ("agree",), ("transition", "deliver"), ("close",))
_SERVICES = ((), ("service-desk",), ("application-support",))
_PARTS = (6, 25, 60, 30, 15, 25)
"""Words in the title and in each part; a lesson has some 1,000 characters."""


def vocabulary(size: int, seed: int = 7) -> list[str]:
    """Return so many different made-up words, the frequent ones first."""
    draw = Random(seed)  # noqa: S311  (made-up words, no secret)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 5)))] = None
    return list(words)


def made_lessons(number: int, words: list[str], seed: int = 7) -> Iterator[LessonText]:
    """Give so many lessons; each has a topic, whose words it uses more than others do."""
    draw = Random(seed)  # noqa: S311
    weights = [1 / (place + 3) for place in range(len(words))]
    pool = draw.choices(words, weights, k=1_000_000)
    topics = [draw.sample(words[300:], 40) for _ in range(200)]
    for place in range(number):
        topic = draw.choice(topics)
        texts = [
            " ".join(draw.choice(topic if draw.random() < 0.3 else pool) for _ in range(length))
            for length in _PARTS
        ]
        yield LessonText(
            f"l{place:07d}",
            *texts,
            stages=draw.choice(_STAGES),
            service_types=draw.choice(_SERVICES),
            practices=(draw.randint(1, 8),),
        )
