"""What happened that background work may follow; an act's, when its transaction has committed."""

from django.dispatch import Signal

upload_queued = Signal()
"""An upload is ready to be imported. Argument: `upload_id`, its public id."""

worker_began = Signal()
"""A worker has begun: what is done daily may be put into its queue."""
