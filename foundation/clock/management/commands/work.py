"""`manage.py work`: the worker and the clock."""

import logging
import signal
import threading
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from foundation.clock.jobs import run_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run stored tasks and periodic jobs until told to stop (Ctrl-C or SIGTERM)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds to wait when nothing is due (default: 1)"
        )

    def handle(self, *, once: bool, interval: float, **options: object) -> None:
        stop = threading.Event()

        def told_to_stop(signum: int, frame: FrameType | None) -> None:
            stop.set()

        if not once:
            signal.signal(signal.SIGTERM, told_to_stop)
            signal.signal(signal.SIGINT, told_to_stop)
        worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,  # returns when no task is ready, so that the clock has its turn
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        while True:
            ran = take_a_turn(worker)
            if ran and int(str(options.get("verbosity", 1))) > 1:
                self.stdout.write(f"ran: {', '.join(ran)}")
            if (once and not ran) or stop.wait(0 if ran or once else interval):
                break


def take_a_turn(worker: Worker) -> list[str]:
    """Run the tasks and the jobs that are due. A database that cannot be reached is waited for: the next turn tries again."""
    try:
        worker.run()
        return run_due()
    except (OperationalError, InterfaceError):
        logger.exception("the database did not answer; trying again")
        return []
    finally:
        close_old_connections()
