"""A template of ours and plain values -> a tagged PDF; equal values make equal bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

_TEMPLATES = Path(__file__).parent


def typeset(template: str, values: Mapping[str, Any], at: datetime) -> bytes:
    """
    Return a template of this folder, filled with values, as PDF/UA-1 (ISO 14289-1).

    The values go in as data and are never read as markup. `at`, an aware instant, is what the
    document says of its making.
    """
    pdf = typst.compile(
        _TEMPLATES / f"{template}.typ",
        format="pdf",
        font_paths=[Path(settings.HOME) / "assets" / "fonts" / "print"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
    return bytes(pdf)
