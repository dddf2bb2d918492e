"""What the worker does for messages. A task carries an id and nothing else."""

from datetime import datetime
from uuid import UUID

from django_tasks import task

from foundation.correspondence import services


@task()
def deliver_message(message_id: str) -> bool:
    """Try to send the message with this id."""
    return services.deliver(UUID(message_id))


def sweep(now: datetime) -> None:
    """The clock's part: send what is due and has no task, or whose task died."""
    services.sweep(now)
