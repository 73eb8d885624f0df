"""A lesson as text: what is searched and matched."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

PARTS = ("title", "context", "what_happened", "root_cause", "effect", "preventive_action")
"""Every part that is searched, the title first."""


@dataclass(frozen=True)
class LessonText:
    """
    What a lesson says and where it applies.

    `stages` (define ... close), `service_types` (service-desk ...) and `practices` (1 to 8)
    say where it applies; an empty one means everywhere. `state` and `causes` are counted and
    no more. `restricted` is for a lesson that only some readers of an index may see: nothing
    that the others find depends on it. `version` tells a lesson from what it was before; if
    empty, a digest of all the rest does.
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
    state: str = ""
    causes: tuple[str, ...] = ()
    restricted: bool = False
    version: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Return every part that is searched, the title first."""
        return tuple(getattr(self, part) for part in PARTS)

    @cached_property
    def digest(self) -> str:
        """Return what changes whenever the lesson does."""
        if self.version:
            return self.version
        told = repr((self.texts, self.labels, self.restricted)).encode("utf-8", "surrogatepass")
        return blake2b(told, digest_size=12).hexdigest()

    @property
    def labels(self) -> tuple[str, ...]:
        """Return `kind:value` for where it applies and what is counted; `kind:` is everywhere."""
        named = {
            "stage": self.stages,
            "service": self.service_types,
            "practice": self.practices,
            "state": (self.state,) if self.state else (),
            "cause": self.causes,
        }
        return tuple(
            f"{kind}:{value}" for kind, values in named.items() for value in values or ("",)
        )
