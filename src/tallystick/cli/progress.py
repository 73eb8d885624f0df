"""How far a long command is: one line on standard error, where somebody watches."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TextIO

PATIENCE = 1.0
"""Seconds that pass before anything is said; a short run says nothing."""
_REST = 0.2
"""Seconds between two lines."""
_CLEAR = "\r\x1b[K"


@dataclass(slots=True)
class Progress:
    """
    One line that replaces itself; silent where the stream is no terminal.

    `clock` gives seconds from any point on.
    """

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = monotonic
    begun: float = field(init=False)
    said: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def rows(self, done: int) -> None:
        """Say how many rows were read so far; how many there are nobody knows before the end."""
        self._say(f"Reading: {done:,} rows")

    def levels(self, done: int, total: int, rows: int, since: float) -> None:
        """Say how many service levels are measured, and how long the rest may take."""
        took = self.clock() - since
        left = f", about {took / done * (total - done):.0f} s left" if done else ""
        self._say(f"Measuring: {done} of {total} service levels, {rows:,} rows{left}")

    def end(self) -> None:
        """Take the line away."""
        if self.said:
            self.stream.write(_CLEAR)
            self.stream.flush()
            self.said = 0.0

    def _say(self, text: str) -> None:
        now = self.clock()
        early = now - self.begun < PATIENCE or (self.said and now - self.said < _REST)
        if early or not self.stream.isatty():
            return
        self.stream.write(f"{_CLEAR}{text}")
        self.stream.flush()
        self.said = now
