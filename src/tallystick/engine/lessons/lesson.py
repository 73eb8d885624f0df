"""A lesson as text: what is searched and matched."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonText:
    """
    What a lesson says and where it applies.

    `stages` (define ... close), `service_types` (service-desk ...) and `practices` (1 to 8)
    say where it applies; an empty one means everywhere.
    """

    id: str
    title: str
    context: str = ""
    what_happened: str = ""
    root_cause: str = ""
    effect: str = ""
    preventive_action: str = ""
    stages: tuple[str, ...] = ()
    service_types: tuple[str, ...] = ()
    practices: tuple[int, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Return every part that is searched, the title first."""
        return (
            self.title,
            self.context,
            self.what_happened,
            self.root_cause,
            self.effect,
            self.preventive_action,
        )
