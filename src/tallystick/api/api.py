"""The one interface object: every noun's operations under /api/."""

from ninja import NinjaAPI

api = NinjaAPI(
    title="Tallystick",
    version="1",
    description="What the pages show and do, for programs: the same audiences, the same figures.",
    urls_namespace="api",
)
