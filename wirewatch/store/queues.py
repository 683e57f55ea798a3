"""The RQ queues. They carry; what must not be forgotten is in the store's own sorted sets.

Jobs hold ids only, as JSON: nothing that comes from Redis is ever unpickled.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from redis import Redis
from redis.client import Pipeline
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from wirewatch.ids import DeliveryId, EntryId

STORIES = "stories"
ALERTS = "alerts"

DECIDE = "workers.jobs.decide_stories"
DELIVER = "workers.jobs.deliver"

_DECIDE_TIMEOUT_S = 180
_DELIVER_TIMEOUT_S = 60
_KEEP_FAILED_S = 86_400


def queue(connection: Redis, name: str) -> Queue:
    """The RQ queue of that name, with the JSON serializer."""
    return Queue(name, connection=connection, serializer=JSONSerializer)


def enqueue_stories(connection: Redis, pipeline: Pipeline, entry_ids: Sequence[EntryId]) -> str:
    """Put one job for a batch of stories on the pipeline; returns the job's id."""
    job = queue(connection, STORIES).enqueue_call(
        DECIDE,
        args=(list(entry_ids),),
        timeout=_DECIDE_TIMEOUT_S,
        result_ttl=0,
        failure_ttl=_KEEP_FAILED_S,
        pipeline=pipeline,
    )
    return str(job.id)


def enqueue_delivery(
    connection: Redis, pipeline: Pipeline, delivery_id: DeliveryId, at: datetime | None = None
) -> None:
    """Put a delivery's job on the pipeline, now or to be run at a time.

    Its id begins with the delivery's. It must not be the delivery's alone: a job that plans its own
    delivery's next attempt would, on succeeding, delete the planned job of the same id.
    """
    alerts = queue(connection, ALERTS)
    job = Job.create(
        DELIVER,
        args=(delivery_id,),
        connection=connection,
        id=f"{delivery_id}-{token_hex(4)}",
        timeout=_DELIVER_TIMEOUT_S,
        result_ttl=0,
        failure_ttl=_KEEP_FAILED_S,
        origin=alerts.name,
        serializer=JSONSerializer,
    )
    if at is None:
        alerts.enqueue_job(job, pipeline=pipeline)
    else:
        alerts.schedule_job(job, at, pipeline=pipeline)


def queued_stories(connection: Redis) -> set[str]:
    """The ids of the jobs that wait in the queue for stories."""
    return set(queue(connection, STORIES).get_job_ids())


def queued_deliveries(connection: Redis) -> set[str]:
    """The ids of the deliveries that have a job waiting in the queue for alerts."""
    return {job_id.partition("-")[0] for job_id in queue(connection, ALERTS).get_job_ids()}
