"""The addresses of evidence about bidders."""

from django.urls import path

from tallystick.web import (
    bid_evidence,
    bid_experience,
    bid_standing,
    norms,
    references,
    survey_answers,
)

_BID = "bids/<str:bid_id>/"
_SELECTION = "selections/<str:selection_id>/"
_REFERENCE = "references/<str:reference_id>/"
_CASE = "past-cases/<str:case_id>/"
_MEMBER = "bid-members/<str:member_id>/"
_NORMS = "working-norms/<str:norms_id>/"

urlpatterns = [
    path(_BID + "evidence/", bid_evidence.show, name="bid_evidence"),
    path(_BID + "references/new/", references.new, name="reference_new"),
    path(_REFERENCE + "edit/", references.edit, name="reference_edit"),
    path(_REFERENCE + "call/", references.call, name="reference_call"),
    path(_REFERENCE + "remove/", references.remove, name="reference_remove"),
    path(_BID + "past-cases/new/", bid_experience.case_new, name="bid_case_new"),
    path(_CASE + "edit/", bid_experience.case_edit, name="bid_case_edit"),
    path(_CASE + "remove/", bid_experience.case_remove, name="bid_case_remove"),
    path(_BID + "people/new/", bid_experience.member_new, name="bid_member_new"),
    path(_MEMBER + "edit/", bid_experience.member_edit, name="bid_member_edit"),
    path(_MEMBER + "remove/", bid_experience.member_remove, name="bid_member_remove"),
    path(_SELECTION + "skills/", bid_experience.skills, name="bid_skills"),
    path(_SELECTION + "skills/new/", bid_experience.skill_new, name="bid_skill_new"),
    path(
        "needed-skills/<str:skill_id>/remove/", bid_experience.skill_remove, name="bid_skill_remove"
    ),
    path(_BID + "standing/", bid_standing.standing, name="bid_standing"),
    path(_BID + "certificates/", bid_standing.certificate, name="bid_certificate"),
    path(_BID + "pilot/", bid_standing.pilot, name="bid_pilot"),
    path(_BID + "team/", bid_standing.team, name="bid_team"),
    path(_BID + "agreed/", bid_standing.measure, name="norms_measure"),
    path(_SELECTION + "working-norms/", norms.show, name="norms"),
    path(_SELECTION + "working-norms/open/", norms.open_, name="norms_open"),
    path(_SELECTION + "team/", norms.team, name="norms_team"),
    path(_NORMS + "close/", norms.close, name="norms_close"),
    path(_NORMS + "links/", norms.link, name="norms_link"),
    path("norms-links/<str:norms_link_id>/revoke/", norms.revoke, name="norms_link_revoke"),
    path("how-we-work/<str:norms_token>/", survey_answers.norms, name="norms_answer"),
]
