"""The pages, as Django sees them: templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Let Django find the pages' templates and static files."""

    name = "tallystick.web"
    label = "web"
