"""A generated desk in buckets, and its agreement, for the demonstration on a cluster."""

import sys
from pathlib import Path

import yaml

from benchmarks.generated import agreement, as_changes, spans
from tallystick.engine.intake.buckets import write_buckets
from tallystick.engine.service_levels.agreement import agreement_document

ITEMS, CHANGES_EACH, BUCKETS = 200_000, 5, 16


def write_set(folder: Path) -> None:
    """Write a million changes of made-up items under `stored`, and `agreement.yaml`."""
    folder.mkdir(parents=True)
    changes = as_changes(spans(ITEMS, CHANGES_EACH), "generated")
    write_buckets(changes, folder / "stored", BUCKETS, source="generated")
    document = yaml.safe_dump(agreement_document(agreement()), sort_keys=False)
    (folder / "agreement.yaml").write_text(document, encoding="utf-8")


if __name__ == "__main__":
    write_set(Path(sys.argv[1]))
