"""The addresses of how the two organisations speak, meet and decide."""

from django.urls import path

from tallystick.web.governance import (
    action_items,
    channels,
    decisions,
    forums,
    matrix,
    meetings,
    overview,
    posts,
    starter,
)

_ENGAGEMENT = "engagements/<str:engagement_id>/"

urlpatterns = [
    path(_ENGAGEMENT + "governance/", overview.show, name="governance"),
    path(_ENGAGEMENT + "governance/start/", starter.start, name="governance_start"),
    path(_ENGAGEMENT + "posts/new/", posts.new, name="post_new"),
    path("posts/<str:post_id>/edit/", posts.edit, name="post_edit"),
    path(_ENGAGEMENT + "responsibilities/", matrix.show, name="matrix"),
    path(_ENGAGEMENT + "responsibilities/new/", matrix.new, name="activity_new"),
    path("activities/<str:activity_id>/edit/", matrix.edit, name="activity_edit"),
    path("activities/<str:activity_id>/remove/", matrix.remove, name="activity_remove"),
    path(_ENGAGEMENT + "channels/new/", channels.new, name="channel_new"),
    path("channels/<str:channel_id>/edit/", channels.edit, name="channel_edit"),
    path("channels/<str:channel_id>/remove/", channels.remove, name="channel_remove"),
    path(_ENGAGEMENT + "forums/new/", forums.new, name="forum_new"),
    path("forums/<str:forum_id>/", forums.show, name="forum"),
    path("forums/<str:forum_id>/edit/", forums.edit, name="forum_edit"),
    path("forums/<str:forum_id>/end/", forums.end, name="forum_end"),
    path("forums/<str:forum_id>/call/", meetings.call, name="meeting_call"),
    path("meetings/<str:meeting_id>/", meetings.show, name="meeting"),
    path("meetings/<str:meeting_id>/prepare/", meetings.prepare, name="meeting_prepare"),
    path("meetings/<str:meeting_id>/move/", meetings.move, name="meeting_move"),
    path("meetings/<str:meeting_id>/skip/", meetings.skip, name="meeting_skip"),
    path("meetings/<str:meeting_id>/hold/", meetings.hold, name="meeting_hold"),
    path("meetings/<str:meeting_id>/minutes/", meetings.minutes, name="meeting_minutes"),
    path(_ENGAGEMENT + "decisions/", decisions.index, name="decisions"),
    path(_ENGAGEMENT + "decisions/new/", decisions.new, name="decision_new"),
    path("decisions/<str:decision_id>/", decisions.show, name="decision"),
    path("decisions/<str:decision_id>/edit/", decisions.edit, name="decision_edit"),
    path("decisions/<str:decision_id>/decide/", decisions.decide, name="decision_decide"),
    path(_ENGAGEMENT + "action-items/", action_items.index, name="action_items"),
    path(_ENGAGEMENT + "action-items/new/", action_items.new, name="action_item_new"),
    path("action-items/<str:action_id>/", action_items.show, name="action_item"),
    path("action-items/<str:action_id>/edit/", action_items.edit, name="action_item_edit"),
    path("action-items/<str:action_id>/finish/", action_items.finish, name="action_item_finish"),
]
