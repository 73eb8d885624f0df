"""A document -> an agreement, or a refusal that says where it is wrong and how to mend it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.terms import Agreement


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document."""

    code: str
    place: str
    message: str
    remedy: str


class AgreementRefused(Refusal):
    """The document is not an agreement; `code` and `place` are those of its first problem."""

    code = "agreement.invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, place=first.place, remedy=first.remedy)
        self.code = first.code
        self.problems = tuple(problems)


class VersionsOverlap(Refusal):
    """Two versions of one agreement claim the same day or the same number."""

    code = "agreement.overlapping-versions"


def read_agreement(document: Mapping[str, Any]) -> Agreement:
    """
    Return the agreement that a document (parsed YAML or JSON) states.

    Raises:
        AgreementRefused: with every problem found, the first one in front.
    """
    if not isinstance(document, Mapping):
        raise AgreementRefused([_not_a_document()])
    try:
        return Agreement.model_validate(document)
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if not _is_echo(detail)]
        raise AgreementRefused([_as_problem(detail) for detail in details]) from error


def agreement_document(agreement: Agreement) -> dict[str, Any]:
    """
    Return the one full spelling of an agreement, as plain JSON values.

    Defaults are filled in, days named one by one, limits and targets normalised; what was left
    out and has no default stays out. Reading it again gives the same agreement.
    """
    return agreement.model_dump(mode="json", by_alias=True, exclude_none=True)


def agreement_hash(agreement: Agreement) -> str:
    """Return `sha256:...` of the canonical JSON (RFC 8785) of the agreement's document."""
    return digest(canonical_bytes(agreement_document(agreement)))


def check_versions(agreements: Iterable[Agreement]) -> None:
    """
    Check that at most one version of each agreement is in force on any day.

    Raises:
        VersionsOverlap: if two versions share a day or a version number.
    """
    for one, other in combinations(agreements, 2):
        if one.id != other.id:
            continue
        earlier, later = sorted((one, other), key=lambda version: version.in_force.from_)
        if one.version == other.version:
            raise VersionsOverlap(
                f"two documents are version {one.version} of {one.id}",
                place=f"{one.id} version {one.version}: version",
                remedy="Give the later one the next version number.",
            )
        if later.in_force.from_ < earlier.in_force.until:
            raise VersionsOverlap(
                f"versions {earlier.version} and {later.version} of {one.id} are both in force "
                f"on {later.in_force.from_}",
                place=f"{one.id} version {earlier.version}: in_force.until",
                remedy=f"End version {earlier.version} on {later.in_force.from_} at the latest.",
            )


def _not_a_document() -> Problem:
    return Problem(
        "agreement.not-a-document",
        "",
        "the file does not hold an agreement: no keys at its top",
        "Start with `agreement: 1` and see the reference for the other keys.",
    )


def _is_echo(detail: ErrorDetails) -> bool:
    """Return whether a list is called too short only because its entries were refused."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _as_problem(detail: ErrorDetails) -> Problem:
    context = detail.get("ctx", {})
    place = _path(detail["loc"])
    if "remedy" in context:
        place = (place + context["at"]).removeprefix(".")
        return Problem(detail["type"], place, context["message"], context["remedy"])
    code, remedy = _GENERAL.get(detail["type"], ("agreement.invalid", "See the reference."))
    known = {"key": detail["loc"][-1], "expected": context.get("expected", "")}
    return Problem(code, place, _sentence(detail), remedy.format(**known))


def _sentence(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return f"the key {detail['loc'][-1]!r} is missing"
    return f"{detail['msg'].lower()}, not {str(detail['input'])[:80]!r}"


def _path(loc: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    # pydantic marks an error in a key, rather than in what it leads to, with a last step `[key]`.
    return path.removesuffix(".[key]").removeprefix(".")


_GENERAL: Mapping[str, tuple[str, str]] = {
    "missing": ("agreement.missing-key", "Add `{key}`."),
    "enum": ("agreement.not-one-of", "Write one of {expected}."),
    "literal_error": ("agreement.not-one-of", "Write one of {expected}."),
    "string_type": ("agreement.not-text", "Write it as text, in quotes if it looks like a number."),
    "string_pattern_mismatch": (
        "agreement.not-a-slug",
        "Use small letters, digits and single hyphens, such as resolution-high.",
    ),
    "string_too_short": ("agreement.empty", "Write something here."),
    "string_too_long": ("agreement.too-long", "Shorten the text."),
    "too_short": ("agreement.empty", "Give at least one entry."),
    "int_type": ("agreement.not-an-integer", "Write a whole number without quotes."),
    "tuple_type": ("agreement.not-a-list", "Write a list: [first, second]."),
    "dict_type": ("agreement.not-keys", "Write keys and values."),
    "model_type": ("agreement.not-keys", "Write keys and values."),
    "greater_than_equal": ("agreement.out-of-range", "Write a number from 1 on."),
    "less_than_equal": ("agreement.out-of-range", "Write a smaller number."),
}
