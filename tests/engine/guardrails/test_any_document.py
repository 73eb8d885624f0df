"""Whatever document the schema accepts: no guardrail fails, and findings can be told apart."""

from datetime import date
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tallystick.engine.guardrails import BUILT_IN, Finding, Snapshot, check, read_snapshot
from tests.engine.guardrails.builders import EXAMPLES
from tests.engine.guardrails.documents import NEEDED, documents

GONE_WRONG = yaml.safe_load((EXAMPLES / "gone-wrong.yaml").read_text(encoding="utf-8"))

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31)) | st.just(date(2027, 6, 15))


@settings(
    max_examples=200,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a document takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(document=documents(), as_of=DAYS)
def test_no_guardrail_fails_on_a_document_that_is_accepted(
    document: dict[str, Any], as_of: date
) -> None:
    snapshot = read_snapshot(document)

    findings = check(snapshot, BUILT_IN, as_of)

    assert_told_apart(findings)
    assert findings == check(snapshot, BUILT_IN[::-1], as_of)


@settings(max_examples=60, deadline=None)
@given(left_out=st.sets(st.sampled_from(sorted(GONE_WRONG.keys() - NEEDED))), as_of=DAYS)
def test_any_part_of_a_document_may_be_left_out_on_any_day(left_out: set[str], as_of: date) -> None:
    document = {key: each for key, each in GONE_WRONG.items() if key not in left_out}

    findings = check(read_snapshot(document), BUILT_IN, as_of)

    assert_told_apart(findings)


def assert_told_apart(findings: list[Finding]) -> None:
    keys = [found.key for found in findings]
    assert len(set(keys)) == len(keys)
    assert all(found.sentence.endswith(".") and found.remedy.endswith(".") for found in findings)
    assert all(_top(found.place) in Snapshot.model_fields for found in findings)


def _top(place: str) -> str:
    return place.partition(".")[0].partition("[")[0]
