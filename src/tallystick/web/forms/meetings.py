"""Forms of meetings: moved, skipped, held, minuted; questions and action items."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from tallystick.actions.ask_decision import Question
from tallystick.actions.give_action_item import Task
from tallystick.records.action_items import ActionItem, ActionOutcome
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.people import Person
from tallystick.web.forms.choices import offer
from tallystick.web.forms.days import DayField
from tallystick.web.forms.people import PartyPeople


def _text(label: str, help_text: str = "", rows: int = 6, *, needed: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20_000, required=bool(needed), help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": needed},
    )  # fmt: skip


class MoveForm(forms.Form):
    """Another day and time for a meeting."""

    on = DayField(label="New day", words={"required": "Say on which day."})
    at = forms.TimeField(
        label="Begins at", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Say at which time.", "invalid": "Write the time as 09:30."},
    )  # fmt: skip
    because = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say why it is moved."}
    )


class CallForm(MoveForm):
    """A day and time for a meeting that the cadence does not give."""

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        self.fields["on"].label = "Day"
        self.fields["because"].error_messages["required"] = "Say why it is called."


class SkipForm(forms.Form):
    """Why a meeting does not take place."""

    because = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say why it is skipped."}
    )


class HoldForm(forms.Form):
    """When a meeting was held, who was there, what was said."""

    held_on = DayField(label="Held on", words={"required": "Say on which day."})
    present = forms.MultipleChoiceField(
        label="Who was there",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick who was there."},
    )
    minutes = _text("Minutes", "Both parties read them. They can be written later.", 8)

    def __init__(self, meeting: Meeting, day: Any, data: Mapping[str, Any] | None) -> None:
        there = [each.person.public_id for each in meeting.attendances.select_related("person")]
        super().__init__(
            data, initial={"held_on": day, "present": there, "minutes": meeting.minutes}
        )
        people = PartyPeople(meeting.engagement)
        self.people = people.by_id
        sides = dict(people.groups)
        offer(
            self,
            "present",
            [(key, f"{name}, {side}") for side, known in sides.items() for key, name in known],
        )

    def there(self) -> list[Person]:
        """Return who was ticked."""
        return [self.people[key] for key in self.cleaned_data["present"]]


class MinutesForm(forms.Form):
    """What was said; `seen` is when the minutes changed that the writer read."""

    minutes = _text("Minutes", rows=12, needed="Write what was said.")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def last_seen(self) -> datetime | None:
        """Return when the minutes changed that were read; None if there were none."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None


class _OfForum(forms.Form):
    """What has an owner among both parties, and perhaps a forum."""

    def _offer(self, engagement: Engagement, forums: Sequence[Forum]) -> None:
        people = PartyPeople(engagement)
        self.people = people.by_id
        self.forums = {each.public_id: each for each in forums}
        offer(self, "owner", [("", "Choose"), *people.groups])
        offer(
            self, "forum", [("", "Every forum"), *[(each.public_id, each.name) for each in forums]]
        )

    def _owner(self) -> Person:
        return self.people[self.cleaned_data["owner"]]

    def _forum(self) -> Forum | None:
        return self.forums.get(self.cleaned_data["forum"])


class QuestionForm(_OfForum):
    """A question that has to be decided."""

    question = forms.CharField(
        label="Question", max_length=300, error_messages={"required": "Write the question."},
        help_text="So that it can be answered: shall we extend by a year?",
    )  # fmt: skip
    background = _text("What one has to know", rows=4)
    owner = forms.ChoiceField(
        label="Who sees to it that it is decided", error_messages={"required": "Choose somebody."}
    )
    forum = forms.ChoiceField(label="Which forum decides", required=False)
    asked_on = DayField(label="Asked on", words={"required": "Say since when it is asked."})

    def __init__(
        self,
        engagement: Engagement,
        forums: Sequence[Forum],
        decision: Decision | None,
        data: Mapping[str, Any] | None,
        **initial: Any,
    ) -> None:
        known = _of_question(decision) if decision else initial
        super().__init__(data, initial=known)
        self._offer(engagement, forums)

    def asked(self, meeting: Meeting | None) -> Question:
        """Return what a valid form says."""
        given = self.cleaned_data
        return Question(
            question=given["question"],
            background=given["background"],
            owner=self._owner(),
            forum=self._forum(),
            asked_on=given["asked_on"],
            meeting=meeting,
        )


def _of_question(decision: Decision) -> dict[str, Any]:
    return {
        "question": decision.question,
        "background": decision.background,
        "owner": decision.owner.public_id,
        "forum": decision.forum.public_id if decision.forum else "",
        "asked_on": decision.asked_on,
    }


class DecideForm(forms.Form):
    """What was decided."""

    words = _text("What was decided", rows=4, needed="Write what was decided.")
    on = DayField(label="Decided on", words={"required": "Say on which day."})


class TaskForm(_OfForum):
    """What somebody is to do."""

    task = forms.CharField(
        label="What is to be done", max_length=300, error_messages={"required": "Write the task."}
    )
    owner = forms.ChoiceField(label="Who does it", error_messages={"required": "Choose somebody."})
    due_on = DayField(label="Until", words={"required": "Say until when."})
    forum = forms.ChoiceField(label="Which forum looks after it", required=False)

    def __init__(
        self,
        engagement: Engagement,
        forums: Sequence[Forum],
        item: ActionItem | None,
        data: Mapping[str, Any] | None,
        **initial: Any,
    ) -> None:
        super().__init__(data, initial=_of_item(item) if item else initial)
        self._offer(engagement, forums)

    def given(self, meeting: Meeting | None) -> Task:
        """Return what a valid form says."""
        given = self.cleaned_data
        return Task(
            task=given["task"],
            owner=self._owner(),
            due_on=given["due_on"],
            forum=self._forum(),
            meeting=meeting,
        )


def _of_item(item: ActionItem) -> dict[str, Any]:
    return {
        "task": item.task,
        "owner": item.owner.public_id,
        "due_on": item.due_on,
        "forum": item.forum.public_id if item.forum else "",
    }


class FinishForm(forms.Form):
    """How an action item ended."""

    outcome = forms.ChoiceField(
        label="How it ended",
        choices=[(ActionOutcome.DONE.value, "It is done"), (ActionOutcome.DROPPED.value, "It is "
                 "dropped, for the reason below")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it ended."},
    )  # fmt: skip
    on = DayField(label="On", words={"required": "Say on which day."})
    note = _text("What came of it", "Needed if it is dropped.", rows=3)
