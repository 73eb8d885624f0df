"""The addresses of issues, of the ladder that they climb, and of the delivery lead's echo."""

from django.urls import path

from tallystick.web.governance import echo, escalations, issues, ladder

_ENGAGEMENT = "engagements/<str:engagement_id>/"
_ISSUE = "issues/<str:issue_id>/"

urlpatterns = [
    path(_ENGAGEMENT + "issues/", issues.index, name="issues"),
    path(_ENGAGEMENT + "issues/new/", issues.new, name="issue_new"),
    path("issues/like/", issues.like, name="issue_like"),
    path(_ISSUE, escalations.show, name="issue"),
    path(_ISSUE + "answer/", escalations.answer, name="issue_answer"),
    path(_ISSUE + "escalate/", escalations.escalate, name="issue_escalate"),
    path(_ISSUE + "resolve/", escalations.resolve, name="issue_resolve"),
    path(_ISSUE + "reopen/", escalations.reopen, name="issue_reopen"),
    path(_ISSUE + "close/", escalations.close, name="issue_close"),
    path(_ENGAGEMENT + "ladder/", ladder.show, name="ladder"),
    path(_ENGAGEMENT + "ladder/level/", ladder.state, name="ladder_level"),
    path(_ENGAGEMENT + "ladder/tests/new/", ladder.test, name="ladder_test"),
    path(_ENGAGEMENT + "echo/", echo.index, name="echo"),
    path("objectives/<str:objective_id>/echo/", echo.objective, name="objective_echo"),
    path("agreements/<str:agreement_id>/echo/", echo.agreement, name="agreement_echo"),
]
