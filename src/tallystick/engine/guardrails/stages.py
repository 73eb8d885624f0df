"""The stages of an engagement, in their order."""

from enum import StrEnum


class Stage(StrEnum):
    """Where an engagement stands; a gate ends each stage (design.md, vocabulary)."""

    DEFINE = "define"
    SELECT = "select"
    AGREE = "agree"
    TRANSITION = "transition"
    DELIVER = "deliver"
    CLOSE = "close"

    @property
    def position(self) -> int:
        """Return the place in the order, 0 for the first stage."""
        return STAGES.index(self)

    @property
    def next(self) -> "Stage | None":
        """Return the stage that this one's gate opens to; None after the last."""
        return STAGES[self.position + 1] if self.position + 1 < len(STAGES) else None

    def reached(self, other: "Stage") -> bool:
        """Return whether this stage is `other` or a later one."""
        return self.position >= other.position


STAGES: tuple[Stage, ...] = tuple(Stage)


def stages_from(first: Stage, last: Stage = Stage.CLOSE) -> tuple[Stage, ...]:
    """Return the stages from `first` to `last`, both included."""
    return STAGES[first.position : last.position + 1]
