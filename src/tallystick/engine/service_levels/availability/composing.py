"""Losses of components -> the loss of the service that they make up."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.availability.losses import Loss
from tallystick.engine.service_levels.terms.composition import Composition, How


def composed(part: str | Composition, losses: Mapping[str, Loss], users: int) -> Loss:
    """
    Return the loss of a component or a group, instant by instant.

    A serial group loses the users of all its parts together, at most all `users`; a parallel one
    those that its best part loses. What is not known stays so unless the known parts decide:
    one part that is down for all takes a serial group down, one that is up keeps a parallel one
    up. Availabilities are not multiplied: two components down at one time are down once.
    """
    if isinstance(part, str):
        return losses[part]
    parts = [composed(each, losses, users) for each in part.parts]
    return _serial(parts, users) if part.how is How.SERIAL else _parallel(parts, users)


def _serial(parts: list[Loss], users: int) -> Loss:
    charged = _sum([np.where(part.known, part.charged, 0) for part in parts], users)
    affected = _sum([np.where(part.known, part.affected, 0) for part in parts], users)
    return Loss(_all_known(parts) | (charged == users), charged, affected)


def _sum(columns: Sequence[NDArray[np.int64]], users: int) -> NDArray[np.int64]:
    return np.asarray(np.minimum(np.add.reduce(columns), users), dtype=np.int64)


def _all_known(parts: list[Loss]) -> NDArray[np.bool_]:
    return np.asarray(np.logical_and.reduce([part.known for part in parts]), dtype=np.bool_)


def _parallel(parts: list[Loss], users: int) -> Loss:
    charged = np.minimum.reduce([np.where(part.known, part.charged, users) for part in parts])
    affected = np.minimum.reduce([np.where(part.known, part.affected, users) for part in parts])
    return Loss(_all_known(parts) | (affected == 0), charged, affected)
