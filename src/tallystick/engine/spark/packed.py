"""What levels add up to <-> bytes, to travel from a worker to the driver."""

from dataclasses import fields
from io import BytesIO

import numpy as np

from tallystick.engine.service_levels.many import Added
from tallystick.engine.service_levels.summary import Summary


def packed(added: Added) -> bytes:
    """Return the bytes of what a level adds up to: arrays of integers, nothing executable."""
    stream = BytesIO()
    columns = {field.name: getattr(added.summary, field.name) for field in fields(Summary)}
    np.savez(stream, allow_pickle=False, prints=added.prints, **columns)
    return stream.getvalue()


def unpacked(data: bytes) -> Added:
    """Return what `packed` took."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        columns = {field.name: arrays[field.name] for field in fields(Summary)}
        return Added(Summary(**columns), arrays["prints"])
