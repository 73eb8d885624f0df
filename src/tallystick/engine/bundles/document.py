"""What a bundle says of itself: the statement, what its figures were computed from, its files."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.terms.goals import goal_text

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Text = Annotated[str, Field(max_length=4_000)]


class BundleUnreadable(Refusal):
    """The file is no bundle, or not one that this version reads."""

    code = "bundle.unreadable"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Held(_Part):
    """An import: the digest of its file, and the folder of its rows in the bundle."""

    digest: Digest
    file_name: Text
    source: Text
    shape: Text
    folder: Annotated[str, Field(pattern=r"^data/[0-9]{4}$")]


class Minutes(_Part):
    """A stretch [since, until), seconds since 1970 UTC, that relief leaves out of a level."""

    since: int
    until: int
    why: Text


class Relief(_Part):
    """What was relieved of a level when a window was measured: items by id, or stretches."""

    items: tuple[Text, ...] = ()
    minutes: tuple[Minutes, ...] = ()


class Figure(_Part):
    """
    One measurement: its figure, and what it was computed from.

    `imports` are positions in the bundle's list, oldest first; `horizon`, in seconds since 1970
    UTC, is up to when they were taken to tell everything. `stated`: it stands in the statement;
    the others are those of earlier windows, which credits look back at.
    """

    service_level: Text
    window: Text
    stated: bool
    imports: tuple[int, ...]
    horizon: int
    relief: Relief = Relief()
    values: Mapping[str, Any]
    evidence_digest: Digest


class Signed(_Part):
    """A signature under the agreement: who, for which organisation, when, and the hash signed."""

    name: Text
    organisation: Text
    at: Text
    digest: Digest


class Head(_Part):
    """Which statement it is: its id and month, whose it is, and when it was issued (UTC)."""

    id: Text
    window: Text
    engagement: Text
    client: Text
    provider: Text
    issued_at: Text


class Document(_Part):
    """The whole: `files` has the digest of every other file of the bundle, by its name."""

    bundle: Literal[1]
    statement: Head
    agreement: Digest
    signatures: tuple[Signed, ...] = ()
    imports: tuple[Held, ...]
    figures: tuple[Figure, ...]
    credits: Mapping[str, Any] | None
    engine: Text
    zone_data: Text
    files: Mapping[str, Digest]

    @model_validator(mode="after")
    def _imports_are_there(self) -> Self:
        for each in self.figures:
            if any(not 0 <= number < len(self.imports) for number in each.imports):
                raise ValueError(f"{each.service_level}, {each.window} names an import it lacks")
        return self


def document_bytes(document: Document) -> bytes:
    """Return the canonical bytes of a bundle's document."""
    return canonical_bytes(document.model_dump(mode="json"))


def read_document(data: bytes) -> Document:
    """
    Return what a bundle says of itself.

    Raises:
        BundleUnreadable: if it is not of this form.
    """
    try:
        return Document.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BundleUnreadable(
            f"bundle.json is not as this version writes it: {first['msg'].lower()}",
            place=place,
            remedy="Ask for the bundle again, or use the version of Tallystick that wrote it.",
        ) from error


def figure_values(measured: Measurement) -> dict[str, Any]:
    """Return a measurement as plain JSON values: exact counts, no quotient."""
    return {
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "pending": measured.pending,
        "count": measured.count,
        "excluded": measured.excluded,
        "relieved": measured.relieved,
        "unmeasured": measured.unmeasured,
        "target": goal_text(measured.target),
        "minimum": goal_text(measured.minimum) if measured.minimum else "",
        "verdict": measured.verdict.value,
        "why": measured.why,
        "reporting_only": measured.reporting_only,
    }


def stated_digest(figures: Iterable[Figure], credits: Mapping[str, Any] | None) -> str:
    """
    Return the digest that the ledger holds of a statement: its figures, and what they cost.

    It binds what was stated to the entry that issued it, and so to every checkpoint after it.
    """
    stated = sorted(
        (each.service_level, each.window, each.evidence_digest, dict(each.values))
        for each in figures
        if each.stated
    )
    return digest(canonical_bytes({"figures": stated, "credits": credits}))
