"""Counted nouns in words."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 lesson" or "3 lessons"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def of_kind(number: int, kind: str) -> str:
    """Return "2 blockers", but "2 major": of the severities only that one is a noun."""
    return counted(number, kind) if kind == "blocker" else f"{number} {kind}"


def listed(parts: list[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
