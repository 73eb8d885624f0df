"""A text of several lines on one."""


def on_one_line(text: str) -> str:
    """Return a text without its line breaks, with one space where there were more."""
    return " ".join(text.split())
