"""The one way to decline: a code, the place, what is wrong, and what to do about it."""


class Refusal(Exception):
    """
    The request was understood and declined.

    `code` is stable and machine-readable; `place` names a file, row, column or path in a
    document; `remedy` tells a person what to do next.
    """

    code: str = "refused"

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.remedy = remedy

    @property
    def message(self) -> str:
        """Say what is wrong, without place or remedy."""
        return str(self)
