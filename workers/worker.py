"""The RQ workers: stories in work-horses of their own, alerts in the worker's own process."""

import signal
from pathlib import Path
from typing import Any

from redis import Redis
from rq import Queue, SimpleWorker, Worker
from rq.job import Job
from rq.scheduler import RQScheduler
from rq.serializers import JSONSerializer

from wirewatch.store.queues import ALERTS, STORIES
from workers import context as contexts
from workers import jobs  # noqa: F401 - loaded here, before the fork, and not by every work-horse anew

# RQ looks after a job's heart this often; the sweeper is faster than its maintenance (docs/architecture.md).
_MONITORING_S = 5
_MAINTENANCE_S = 60


class StoryWorker(Worker):
    """Forks a work-horse for each batch, so that a page which kills its parser kills nothing else."""

    def execute_job(self, job: Job, queue: Queue) -> Any:
        """Take in an edited configuration before the fork, so that work-horses inherit compiled topics."""
        contexts.current().refresh()
        return super().execute_job(job, queue)


class AlertWorker(SimpleWorker):
    """Runs deliveries in its own process: they wait for the network, and a fork each would cost more."""

    def execute_job(self, job: Job, queue: Queue) -> Any:
        """Take in an edited configuration between jobs."""
        contexts.current().refresh()
        return super().execute_job(job, queue)


def work(
    queue_name: str, config: Path, data_dir: Path | None, connection: Redis, *, burst: bool = False
) -> None:
    """Work on a queue until told to stop; with ``burst``, until it is empty.

    Raises:
        ConfigError: if the configuration cannot be used.
    """
    contexts.use(contexts.make(config, data_dir, connection))
    kind = {STORIES: StoryWorker, ALERTS: AlertWorker}[queue_name]
    worker = kind(
        [queue_name],
        connection=connection,
        serializer=JSONSerializer,
        job_monitoring_interval=_MONITORING_S,
        maintenance_interval=_MAINTENANCE_S,
    )
    worker.work(burst=burst, logging_level="WARNING", with_scheduler=False)


def schedule(connection: Redis) -> None:
    """Run RQ's scheduler, which hands over the planned attempts of deliveries, until told to stop."""
    scheduler = RQScheduler(
        [ALERTS], connection, interval=1, logging_level="WARNING", serializer=JSONSerializer
    )
    scheduler.acquire_locks()  # type: ignore[no-untyped-call]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    scheduler.work()  # type: ignore[no-untyped-call]
