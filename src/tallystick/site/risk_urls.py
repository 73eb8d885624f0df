"""The addresses of risks, contingency plans, indicators and simulations."""

from django.urls import path

from tallystick.web.risks import (
    acts,
    identify,
    indicators,
    matrix,
    plans,
    register,
    risk_page,
    runs,
    simulations,
)

_ENGAGEMENT = "engagements/<str:engagement_id>/"
_RISK = "risks/<str:risk_id>/"
_PLAN = "plans/<str:plan_id>/"
_RUN = "plan-runs/<str:run_id>/"
_SIGN = "indicators/<str:indicator_id>/"

urlpatterns = [
    path(_ENGAGEMENT + "risks/", register.show, name="risks"),
    path(_ENGAGEMENT + "risks/new/", identify.new, name="risk_new"),
    path(_ENGAGEMENT + "risks/matrix/", matrix.show, name="risk_matrix"),
    path(_ENGAGEMENT + "risks/budget/", simulations.budget, name="risk_budget"),
    path(_ENGAGEMENT + "simulations/", simulations.index, name="simulations"),
    path(_ENGAGEMENT + "simulations/make/", simulations.make, name="risks_simulate"),
    path(_ENGAGEMENT + "plans/", plans.index, name="plans"),
    path("simulations/<str:simulation_id>/", simulations.show, name="simulation"),
    path(_RISK, risk_page.show, name="risk"),
    path(_RISK + "edit/", identify.edit, name="risk_edit"),
    path(_RISK + "assess/", acts.assess, name="risk_assess"),
    path(_RISK + "review/", acts.review, name="risk_review"),
    path(_RISK + "respond/", acts.respond, name="risk_respond"),
    path(_RISK + "close/", acts.close, name="risk_close"),
    path(_RISK + "reopen/", acts.reopen, name="risk_reopen"),
    path(_RISK + "occurred/", acts.occurred, name="risk_occurred"),
    path(_RISK + "plan/", plans.new, name="plan_new"),
    path(_RISK + "indicators/new/", indicators.new, name="indicator_new"),
    path("private-risks/<str:private_risk_id>/share/", acts.share, name="risk_share"),
    path(_PLAN, plans.show, name="plan"),
    path(_PLAN + "edit/", plans.edit, name="plan_edit"),
    path(_PLAN + "test/", plans.test, name="plan_test"),
    path(_PLAN + "begin/", runs.begin, name="plan_begin"),
    path(_RUN, runs.show, name="plan_run"),
    path(_RUN + "tick/", runs.tick, name="plan_run_tick"),
    path(_RUN + "end/", runs.end, name="plan_run_end"),
    path(_SIGN + "read/", indicators.read, name="indicator_read"),
    path(_SIGN + "end/", indicators.end, name="indicator_end"),
]
