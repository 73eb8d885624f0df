"""Background work, as Django sees it: it listens to what actions announce."""

from importlib import import_module

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Connect the listeners once everything is loaded."""

    name = "tallystick.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Load the listeners; they need the records, which are not there any earlier."""
        import_module("tallystick.jobs.imports")
        import_module("tallystick.jobs.findings")
        import_module("tallystick.jobs.escalations")
        import_module("tallystick.jobs.mail")
        import_module("tallystick.jobs.meetings")
        import_module("tallystick.jobs.indicators")
