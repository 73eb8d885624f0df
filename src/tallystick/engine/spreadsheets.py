"""Text cells that no spreadsheet takes for a formula, and the way back."""

import re

# A cell that starts so may be run as a formula (OWASP, "CSV Injection"), also in its full-width
# forms. Cells that already start with the guard are guarded once more, so that taking one guard
# away always gives back the original.
_DANGEROUS = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(cell: str) -> str:
    """Return the cell with an apostrophe in front if a spreadsheet could run it."""
    return "'" + cell if _DANGEROUS.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
