"""What happened that background work may follow; sent when the transaction has committed."""

from django.dispatch import Signal

upload_queued = Signal()
"""An upload is ready to be imported. Argument: `upload_id`, its public id."""
