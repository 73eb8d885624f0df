"""The evidence of one measuring: written bucket by bucket, kept for the levels that have news."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tallystick.engine.service_levels.evidence import write_evidence
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.windows import windows_of
from tallystick.records.agreements import Agreement
from tallystick.records.store import evidence_path


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the evidence of a run of measuring is drafted, and where it will stand."""

    terms: Terms
    run: str
    draft: Path

    def relative(self, level: str) -> str:
        """Return where the evidence of a level will stand, as its measurements name it."""
        return f"{self.run}/{level}"

    def keep(self, number: int, level: ServiceLevel, outcomes: Outcomes) -> None:
        """Draft the evidence of one bucket under one level."""
        windows = windows_of(self.terms, level.window)
        write_evidence(outcomes, windows, self.draft / level.id / f"{number:04d}.parquet")

    def settle(self, levels: set[str]) -> None:
        """Let the evidence of some levels stand; a run that stood before is the same."""
        for level in levels:
            target = evidence_path(self.relative(level))
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                (self.draft / level).rename(target)


@contextmanager
def kept_evidence(agreement: Agreement, terms: Terms, inputs: str) -> Iterator[Kept]:
    """Give a place for evidence; what was not settled is gone at the end, also after a fault."""
    run = f"{agreement.engagement.public_id}/{inputs.removeprefix('sha256:')[:16]}"
    home = evidence_path("")
    home.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home))
    try:
        yield Kept(terms, run, draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
