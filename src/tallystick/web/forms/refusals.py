"""A refusal of an action -> an error of the form that asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from tallystick.actions.refusals import NotPermitted
from tallystick.engine.refusals import Refusal


def refusal_words(refusal: Refusal) -> str:
    """Return a refusal as one text: what is wrong, where if it is said, and what to do."""
    message = refusal.message[:1].upper() + refusal.message[1:]
    ended = message if message.endswith((".", "?", "!")) else f"{message}."
    return " ".join(filter(None, [ended, refusal.remedy]))


def add_refusal(form: BaseForm, refusal: Refusal, field: str = "") -> None:
    """
    Put a refusal beside the field that its `place` names, else beside `field`, else on top.

    A place that is not a field, such as a line of a file, is written in front.
    """
    if refusal.place in form.fields:
        form.add_error(refusal.place, refusal_words(refusal))
        return
    where = f"{refusal.place}: " if refusal.place else ""
    form.add_error(field or None, where + refusal_words(refusal))


@contextmanager
def refused_on_the_next_page(request: HttpRequest) -> Iterator[None]:
    """
    Say a refusal raised inside on the page that comes next, where an act has no form of its own.

    What the person may not do at all goes on to the refusal page.
    """
    try:
        yield
    except NotPermitted:
        raise
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))


@contextmanager
def refused_on(form: BaseForm, field: str = "") -> Iterator[None]:
    """
    Turn a refusal raised inside into an error of the form; the page then shows it again.

    What the person may not do at all goes on to the refusal page.
    """
    try:
        yield
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal, field)
