"""Door D: a delivery ends, and what leads to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from redis import Redis

from wirewatch.ids import AlertId, DeliveryId, NoticeId
from wirewatch.models import Alert, Copy, Delivery, DeliveryState, Notice
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms, to_ms
from wirewatch.store.notices import Notices
from wirewatch.store.queues import enqueue_delivery
from wirewatch.store.reply import mapping, text, texts
from wirewatch.store.script import add_script, source_of

# A receiver has 20 s to answer; an attempt that is not ended after this was lost with its worker.
ATTEMPT_LEASE = timedelta(seconds=25)
# RQ's scheduler counts in whole seconds and may run a job up to one early.
_EARLY_MS = 1_000
_KEEP_DIGEST_S = 90 * 86_400  # as long as the alerts themselves
_KEEP_PARKED_MS = 90 * 86_400_000  # as long as the alerts themselves
_COPIES = TypeAdapter(tuple[Copy, ...])


@dataclass(frozen=True, slots=True)
class Attempt:
    """A delivery in this worker's hands.

    Attributes:
        alerts: the one it tells of, or those of a digest, oldest first; none where it tells a notice.
        is_digest: whether they go out as one message.
        notice: what it tells the operator, instead of alerts.
    """

    id: DeliveryId
    alerts: tuple[Alert, ...]
    destination: str
    made_before: int
    is_digest: bool
    notice: Notice | None = None


class Deliveries:
    """Deliveries begun, ended, listed."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._begin = connection.register_script(source_of("begin_delivery"))
        self._gather = connection.register_script(source_of("gather_digest"))
        self._notices = Notices(connection)

    def begin(self, delivery_id: DeliveryId) -> Attempt | None:
        """Take a delivery in hand; None where there is nothing to do (ended, not due, in other hands).

        One whose destination gathers a digest brings all that wait for it: the attempt is the digest's.
        """
        reply = self._begin(
            keys=[keys.delivery(delivery_id), keys.WAITING_DELIVERIES],
            args=[now_ms(), round(ATTEMPT_LEASE.total_seconds() * 1000), delivery_id, _EARLY_MS],
        )
        if reply is None:
            return None
        if not reply:
            digest = self._digest_of(delivery_id)
            return self.begin(digest) if digest else None
        told, destination, made_before, members = reply
        deliveries = [DeliveryId(one) for one in text(members).split()]
        ids = self._alerts_of(deliveries) if deliveries else [AlertId(text(told))]
        alerts = tuple(alert for alert in map(self.alert, ids) if alert is not None)
        notice = None if alerts or deliveries else self._notices.notice(NoticeId(text(told)))
        if not alerts and notice is None:
            return None  # older than what is kept
        return Attempt(delivery_id, alerts, text(destination), int(made_before), bool(deliveries), notice)

    def _digest_of(self, delivery_id: DeliveryId) -> DeliveryId | None:
        """The digest that a delivery is part of, made now with all that is due with it."""
        made = self._gather(
            keys=[keys.delivery(delivery_id), keys.WAITING_DELIVERIES],
            args=[delivery_id, keys.DELIVERY_PREFIX, keys.GATHERING_PREFIX, _KEEP_DIGEST_S],
        )
        return DeliveryId(text(made)) if made else None

    def alert(self, alert_id: AlertId) -> Alert | None:
        """An alert, as long as it is kept."""
        record = self._connection.hget(keys.alert(alert_id), "json")
        return Alert.model_validate_json(record) if record else None

    def _alerts_of(self, deliveries: Sequence[DeliveryId]) -> list[AlertId]:
        with self._connection.pipeline(transaction=False) as pipe:
            for one in deliveries:
                pipe.hget(keys.delivery(one), "alert")
            return [AlertId(text(one)) for one in pipe.execute() if one]

    def settle_copies(self, alert_id: AlertId, copies: Sequence[Copy]) -> tuple[Copy, ...]:
        """The copies that an alert names: those known at its first attempt, the same ever after.

        One id stands for one body: a receiver that drops repeats must lose nothing by it.
        """
        key = keys.alert(alert_id)
        self._connection.hsetnx(key, "copies", _COPIES.dump_json(tuple(copies)))
        return _COPIES.validate_json(self._connection.hget(key, "copies") or b"[]")

    def end(
        self,
        delivery_id: DeliveryId,
        state: DeliveryState,
        status: str,
        answer: str,
        due: datetime | None = None,
    ) -> None:
        """Door D: delivered, parked, or (state WAITING, with ``due``) to be tried again."""
        # Receivers answer what they like: an attempt whose end cannot be written would be made for ever.
        words = [text.encode("utf-8", "replace") for text in (status, answer)]
        with self._connection.pipeline() as pipe:
            pipe.multi()
            add_script(
                pipe,
                "end_delivery",
                [keys.delivery(delivery_id), keys.WAITING_DELIVERIES, keys.PARKED, keys.COUNTERS],
                [delivery_id, now_ms(), state.value, to_ms(due) if due else "", *words, _KEEP_PARKED_MS],
            )
            if state is DeliveryState.WAITING:
                enqueue_delivery(self._connection, pipe, delivery_id, at=due)
            pipe.execute()

    def newest_alerts(self, count: int) -> list[tuple[Alert, list[Delivery]]]:
        """The newest alerts with their deliveries, newest first."""
        ids = [AlertId(one) for one in texts(self._connection.zrevrange(keys.ALERTS, 0, count - 1))]
        return [(alert, self.of_alert(alert.id)) for one in ids if (alert := self.alert(one)) is not None]

    def of_alert(self, alert_id: AlertId | NoticeId) -> list[Delivery]:
        """An alert's or a notice's deliveries, by destination."""
        ids = [DeliveryId(one) for one in texts(self._connection.smembers(keys.alert_deliveries(alert_id)))]
        found = [one for one in map(self.delivery, ids) if one is not None]
        return sorted(found, key=lambda one: one.destination)

    def delivery(self, delivery_id: DeliveryId) -> Delivery | None:
        """One delivery."""
        fields = mapping(self._connection.hgetall(keys.delivery(delivery_id)))
        if not fields:
            return None
        if digest := fields.get("digest"):  # it fares as its digest does
            fields |= mapping(self._connection.hgetall(keys.delivery(DeliveryId(digest))))
        return Delivery(
            id=delivery_id,
            alert_id=AlertId(fields["alert"]),
            destination=fields["destination"],
            state=DeliveryState(fields["state"]),
            attempts=int(fields["attempts"]),
            due=from_ms(fields["due"]),
            last_status=fields.get("status", ""),
            answer=fields.get("answer", ""),
            ended=from_ms(fields["ended"]) if "ended" in fields else None,
        )
