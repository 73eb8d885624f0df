"""Capped bytes -> rows of text cells with their line numbers, for delimited files."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tallystick.engine.intake.files import open_bytes
from tallystick.engine.intake.limits import Limits
from tallystick.engine.refusals import Refusal

Row = tuple[int, list[str]]
"""The line on which a row starts, the first line of the file being 1, and its cells."""

DELIMITERS = (",", ";", "\t", "|")


class Undecodable(Refusal):
    """The bytes are not text in the encoding assumed or named."""

    code = "intake.wrong-encoding"


class NulInText(Refusal):
    """A text file holds NUL characters: it is no text, or it is UTF-16 without a mark."""

    code = "intake.nul-character"


class UnclosedQuote(Refusal):
    """A quote opens and never closes, so where its row ends cannot be told."""

    code = "intake.unclosed-quote"


class MalformedRow(Refusal):
    """A row breaks the rules of delimited text (RFC 4180), so later rows cannot be trusted."""

    code = "intake.malformed-row"


def encoding_of(head: bytes, named: str | None) -> str:
    """Return the encoding of a file: its byte order mark wins, then the named one, then UTF-8."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return named or "utf-8"


def delimiter_of(head: bytes, encoding: str) -> str:
    """Return the delimiter that splits the first rows most evenly; a comma if none splits them."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    lines = text.splitlines()[:21]
    if len(head) >= 2**16 and len(lines) > 1:
        lines.pop()
    scores = {delimiter: _evenness(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0) else ","


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    if not widths or widths[0] < 2:
        return (0, 0)
    return (sum(width == widths[0] for width in widths), widths[0])


def text_rows(path: Path, limits: Limits, encoding: str, delimiter: str) -> Iterator[Row]:
    """
    Yield the rows of a delimited file; blank lines are passed over.

    Raises:
        Undecodable, NulInText, UnclosedQuote, MalformedRow: at the line that breaks the rule.
        DamagedFile, TooLarge, UnpacksTooFar: as the bytes are read.
    """
    stream = io.TextIOWrapper(open_bytes(path, limits), encoding, errors="strict", newline="")
    with stream:
        reader = csv.reader(_without_nul(stream), delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as problem:
            raise _malformed(problem, line, reader.line_num) from problem
        except UnicodeDecodeError as problem:
            raise _undecodable(path, limits, encoding) from problem


def _without_nul(stream: io.TextIOWrapper) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        if "\0" in line:
            raise NulInText(
                "the text holds NUL characters",
                place=f"line {number}",
                remedy="If the file is UTF-16, name utf-16 as its encoding (utf-16-le or "
                "utf-16-be without a byte order mark); otherwise export it again as CSV.",
            )
        yield line


def _malformed(problem: csv.Error, start: int, now: int) -> Refusal:
    remedy = f"Look for a lone double quote from line {start} on; a quote inside a cell is doubled."
    text = str(problem)
    if "unexpected end of data" in text or "field larger" in text:
        return UnclosedQuote(
            f"a double quote that opens in the row of line {start} is not closed",
            place=f"line {start}",
            remedy=remedy,
        )
    where = f"line {now}" if start == now else f"lines {start} to {now}"
    return MalformedRow(f"the row cannot be split into cells: {text}", place=where, remedy=remedy)


def _undecodable(path: Path, limits: Limits, encoding: str) -> Undecodable:
    line = _first_undecodable_line(path, limits, encoding)
    return Undecodable(
        f"the file is not {encoding} text",
        place=f"line {line}",
        remedy="Name its encoding: cp1252 is usual for exports of Windows programs, utf-16 for "
        "'Unicode text'; or export it again as UTF-8.",
    )


def _first_undecodable_line(path: Path, limits: Limits, encoding: str) -> int:
    """Return the line of the first byte that cannot be decoded, by reading the file once more."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    breaks = 0
    with open_bytes(path, limits) as stream:
        while chunk := stream.read(2**16):
            try:
                breaks += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as problem:
                good = problem.object[: problem.start].decode(encoding, errors="replace")
                return breaks + 1 + _line_breaks(good)
    return breaks + 1


def _line_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
