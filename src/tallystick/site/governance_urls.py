"""The addresses of how the two organisations speak, meet and decide."""

from django.urls import path

from tallystick.web.governance import overview, posts

_ENGAGEMENT = "engagements/<str:engagement_id>/"

urlpatterns = [
    path(_ENGAGEMENT + "governance/", overview.show, name="governance"),
    path(_ENGAGEMENT + "posts/new/", posts.new, name="post_new"),
    path("posts/<str:post_id>/edit/", posts.edit, name="post_edit"),
]
