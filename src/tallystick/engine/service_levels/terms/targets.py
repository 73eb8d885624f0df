"""Which limit holds for which items."""

from typing import Annotated

from pydantic import Field

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.fields import Limit, Line


class LimitRule(Terms):
    """The limit in seconds of working time for the items whose attributes match."""

    when: dict[Line, Annotated[tuple[Line, ...], Field(min_length=1)]] = {}
    limit: Limit
