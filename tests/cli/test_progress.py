"""The line that says how far a command is: for a person, and only after a while."""

import io
from dataclasses import dataclass, field

from tallystick.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


@dataclass
class Clock:
    """A clock that shows what it is told to."""

    now: float = 0.0
    stream: Terminal = field(default_factory=Terminal)

    def __call__(self) -> float:
        return self.now

    def progress(self) -> Progress:
        """Return a line on the terminal."""
        return Progress(self.stream, self)


def test_a_short_run_says_nothing() -> None:
    clock = Clock()
    progress = clock.progress()

    clock.now = 0.5
    progress.rows(1000)
    progress.end()

    assert clock.stream.getvalue() == ""


def test_nobody_is_told_where_nobody_watches() -> None:
    clock, silent = Clock(), io.StringIO()
    progress = Progress(silent, clock)

    clock.now = 60
    progress.rows(1000)

    assert silent.getvalue() == ""


def test_it_says_rows_and_the_time_that_is_left() -> None:
    clock = Clock()
    progress = clock.progress()

    clock.now = 2
    progress.rows(120_000)
    clock.now = 8
    progress.levels(2, 5, 120_000, since=4)

    said = clock.stream.getvalue()
    assert "Reading: 120,000 rows" in said
    assert "Measuring: 2 of 5 service levels, 120,000 rows, about 6 s left" in said


def test_the_line_goes_away_at_the_end() -> None:
    clock = Clock()
    progress = clock.progress()
    clock.now = 2
    progress.rows(1)

    progress.end()

    assert clock.stream.getvalue().endswith("\r\x1b[K")


def test_lines_do_not_flicker() -> None:
    clock = Clock()
    progress = clock.progress()

    for moment in (2.0, 2.05, 2.1):
        clock.now = moment
        progress.rows(int(moment * 100))

    assert clock.stream.getvalue().count("Reading") == 1
