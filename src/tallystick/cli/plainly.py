"""Words from a file that a stranger made, as a terminal may show them."""


def plain(line: str) -> str:
    """
    Return a line without what moves a cursor, colours, ends a line, or has no letter.

    Nobody who makes a file can make it print a verdict of its own.
    """
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line
    )
