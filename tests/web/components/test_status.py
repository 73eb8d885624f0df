"""The status words."""

from itertools import chain

import pytest

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.outcomes import ItemVerdict, Reason
from tallystick.engine.service_levels.working import Kind
from tallystick.engine.values import State
from tallystick.records.agreements import AgreementState
from tallystick.records.lessons import Answer, LessonState
from tallystick.records.reviews import FindingDecision
from tallystick.records.service_data import UploadState
from tallystick.web.components.icons import icon
from tallystick.web.components.status import LOOKS, look_of, word_of

SETS = (Severity, Stage, Verdict, ItemVerdict, Reason, Kind, State)
STORED = (AgreementState, LessonState, Answer, FindingDecision, UploadState)


@pytest.mark.parametrize("value", sorted(set(chain(*SETS, *STORED))))
def test_every_closed_set_has_its_status_words(value: str) -> None:
    assert value in LOOKS


@pytest.mark.parametrize("status", LOOKS)
def test_each_status_has_a_tone_and_an_icon_that_exists(status: str) -> None:
    look = look_of(status)

    assert look.tone in {"good", "warn", "bad", "info", "quiet"}
    assert "<svg" in icon(look.icon, 16)


def test_a_status_that_is_not_listed_is_shown_in_its_own_words() -> None:
    assert word_of("half-way-there") == "Half way there"
