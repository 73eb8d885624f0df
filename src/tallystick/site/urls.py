"""Every address; the registry beside this file says who may reach it."""

from allauth.account import views as account
from django.urls import path

from tallystick.api.api import api
from tallystick.site import doors
from tallystick.web import (
    agreements,
    calendars,
    drafts,
    engagements,
    errors,
    exports,
    gates,
    guardrails,
    history,
    imports,
    ledgers,
    lessons,
    level_page,
    measurements,
    notes,
    objectives,
    reviews,
    service_levels,
    signing,
    statement_bundles,
    statements,
    theme,
    uploads,
)

_IN = "engagements/<str:engagement_id>/"
_AGREEMENT = "agreements/<str:agreement_id>/"
_CALENDAR = _AGREEMENT + "calendars/<str:calendar_name>/"

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm-access/", account.reauthenticate, name="account_reauthenticate"),
    path("theme/", theme.set_theme, name="theme"),
    path("", engagements.home, name="home"),
    path("engagements/new/", engagements.new, name="engagement_new"),
    path(_IN, engagements.show, name="engagement"),
    path(_IN + "gate/", gates.show, name="gate"),
    path(_IN + "gate/pass/", gates.pass_, name="gate_pass"),
    path(_IN + "lessons/<str:lesson_id>/answer/", gates.answer, name="lesson_answer"),
    path(_IN + "provider/", gates.appoint, name="provider_appoint"),
    path(_IN + "findings/", gates.findings, name="findings"),
    path(_IN + "snapshot/", gates.snapshot, name="snapshot"),
    path(_IN + "objectives/", objectives.index, name="objectives"),
    path(_IN + "objectives/new/", objectives.new, name="objective_new"),
    path("objectives/<str:objective_id>/edit/", objectives.edit, name="objective_edit"),
    path(
        "objectives/<str:objective_id>/acknowledge/",
        objectives.acknowledge,
        name="objective_acknowledge",
    ),
    path(_IN + "agreements/", agreements.index, name="agreements"),
    path(_IN + "agreements/new/", agreements.new, name="agreement_new"),
    path(_AGREEMENT, agreements.show, name="agreement"),
    path(_IN + "agreements/draft/", drafts.new, name="draft_new"),
    path(_AGREEMENT + "difference/", signing.difference, name="agreement_difference"),
    path(_AGREEMENT + "sign/", signing.sign, name="agreement_sign"),
    path(_AGREEMENT + "withdraw/", signing.withdraw, name="agreement_withdraw"),
    path("drafts/<str:draft_id>/", drafts.show, name="draft"),
    path("drafts/<str:draft_id>/edit/", drafts.edit, name="draft_edit"),
    path("drafts/<str:draft_id>/propose/", drafts.propose, name="draft_propose"),
    path("drafts/<str:draft_id>/discard/", drafts.discard, name="draft_discard"),
    path(_CALENDAR, calendars.show, name="calendar"),
    path(_CALENDAR + "draft/", calendars.draft, name="calendar_draft"),
    path(_IN + "notes/", notes.index, name="notes"),
    path(_IN + "notes/new/", notes.new, name="note_new"),
    path(_IN + "history/", history.engagement, name="history"),
    path(_IN + "history/checkpoint/", ledgers.checkpoint, name="checkpoint"),
    path(_IN + "history/ledger/", ledgers.ledger, name="ledger"),
    path("history/", history.organisation, name="organisation_history"),
    path("history/checkpoint/", ledgers.organisation_checkpoint, name="organisation_checkpoint"),
    path("history/ledger/", ledgers.organisation_ledger, name="organisation_ledger"),
    path(_IN + "data/", imports.index, name="service_data"),
    path(_IN + "data/new/", uploads.new, name="upload_new"),
    path("uploads/<str:upload_id>/", uploads.show, name="upload"),
    path("uploads/<str:upload_id>/map/", uploads.map_, name="upload_map"),
    path("uploads/<str:upload_id>/preview/", uploads.preview, name="upload_preview"),
    path("uploads/<str:upload_id>/commit/", uploads.commit, name="upload_commit"),
    path("uploads/<str:upload_id>/progress/", uploads.progress, name="upload_progress"),
    path("imports/<str:import_id>/", imports.show, name="import"),
    path("imports/<str:import_id>/rejected/", imports.rejected, name="import_rejected"),
    path(_IN + "service-levels/", service_levels.index, name="service_levels"),
    path(_IN + "service-levels/<str:level_id>/", level_page.show, name="service_level"),
    path(_IN + "exports/", exports.show, name="exports"),
    path(_IN + "measure/", service_levels.measure, name="measure"),
    path("measurements/<str:measurement_id>/", measurements.show, name="measurement"),
    path("measurements/<str:measurement_id>/item/", measurements.item, name="item"),
    path(_IN + "statements/", statements.index, name="statements"),
    path(_IN + "statements/issue/", statements.issue, name="statement_issue"),
    path("statements/<str:statement_id>/", statements.show, name="statement"),
    path(
        "statements/<str:statement_id>/bundle/", statement_bundles.bundle, name="statement_bundle"
    ),
    path("statements/<str:statement_id>/review/", reviews.hold, name="review_hold"),
    path(_IN + "reviews/", reviews.index, name="reviews"),
    path("reviews/<str:review_id>/", reviews.show, name="review"),
    path("lessons/", lessons.index, name="lessons"),
    path("lessons/new/", lessons.new, name="lesson_new"),
    path("lessons/<str:lesson_id>/", lessons.show, name="lesson"),
    path("lessons/<str:lesson_id>/share/", lessons.share, name="lesson_share"),
    path("lessons/<str:lesson_id>/guardrail/", guardrails.new, name="guardrail_new"),
    path("guardrails/", guardrails.index, name="guardrails"),
    path("guardrails/<str:code>/", guardrails.show, name="guardrail"),
    path("api/", api.urls),
]

handler400 = errors.bad_request
handler404 = doors.absent
handler500 = errors.server_error
