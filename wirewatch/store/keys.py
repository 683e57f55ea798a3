"""How every key is spelled. ``p`` is a partition, 0 to 255; times are milliseconds since 1970."""

from wirewatch.ids import AlertId, ClusterId, DeliveryId, EntryId, NoticeId, SourceId, StoryId

# --- per partition: everything of a host, touched only by the crawler that owns the partition


def sources(p: int) -> str:
    """SET of the ids of the partition's sources."""
    return f"ww:{p:03d}:sources"


def due(p: int) -> str:
    """ZSET source id → when it is to be polled next."""
    return f"ww:{p:03d}:due"


def polling(p: int) -> str:
    """SET of the sources whose poll is in flight; made due again when their crawler starts anew."""
    return f"ww:{p:03d}:polling"


def frontier(p: int) -> str:
    """ZSET entry id → when its page may be fetched."""
    return f"ww:{p:03d}:frontier"


def fetching(p: int) -> str:
    """ZSET entry id → since when its page is being fetched; back to the frontier at the crawler's start."""
    return f"ww:{p:03d}:fetching"


def entries(p: int) -> str:
    """HASH entry id → the entry as JSON, while it is in the frontier or being fetched."""
    return f"ww:{p:03d}:entries"


def tries(p: int) -> str:
    """HASH entry id → how often its page was asked for in vain."""
    return f"ww:{p:03d}:tries"


def claimed_polls(p: int) -> str:
    """HASH: ``token`` and ``ids`` of the last claim of sources by the shard whose first partition this is."""
    return f"ww:{p:03d}:claimed-polls"


def claimed_pages(p: int) -> str:
    """The same for its last claim of entries."""
    return f"ww:{p:03d}:claimed-pages"


def inbox(p: int) -> str:
    """HASH push id → the push, of the partition's sources: until its entries are recorded."""
    return f"ww:{p:03d}:inbox"


def inbox_order(p: int) -> str:
    """ZSET push id → when it came."""
    return f"ww:{p:03d}:inbox-order"


def pauses(p: int) -> str:
    """HASH host → ``until:in a row`` of the hosts that asked to be left alone; the latter: how often."""
    return f"ww:{p:03d}:pauses"


ADDED = "ww:added"  # HASH source id → definition as JSON, of the sources that were added by hand
PAUSED = "ww:paused"  # SET of source ids that are not polled until they are resumed: in no other index

# --- per source


def source(source_id: SourceId) -> str:
    """HASH of a source: ``definition`` as JSON, and what its polls taught (see SourceState)."""
    return f"ww:source:{source_id}"


def seen(source_id: SourceId) -> str:
    """HASH entry id → what is known of it, both in bytes: see ``record_poll.lua``."""
    return f"ww:seen:{source_id}"


# --- per story


def page(entry_id: EntryId) -> str:
    """STRING: an entry handed over with its page, compressed; gone once it is decided."""
    return f"ww:page:{entry_id}"


def story(story_id: StoryId) -> str:
    """HASH of a decided story: ``cluster``, ``json``, ``topics``, ``decided``."""
    return f"{STORY_PREFIX}{story_id}"


def cluster(cluster_id: ClusterId) -> str:
    """HASH story id → the copy as JSON, for every story of the cluster."""
    return f"{CLUSTER_PREFIX}{cluster_id}"


def furniture(site: str) -> str:
    """HASH story id → what it says on its page, as fingerprints: see :mod:`wirewatch.store.furniture`."""
    return f"ww:furniture:{site}"


STORY_PREFIX = "ww:story:"
CLUSTER_PREFIX = "ww:cluster:"
SIGNATURE_PREFIX = "ww:signature:"  # + story id → STRING, the MinHash signature
BAND_PREFIX = "ww:band:"  # + band → SET of story ids
TITLE_PREFIX = "ww:title:"  # + headline → STRING, the first story under it
PAGE_PREFIX = "ww:page:"

# --- alerts


def alert(alert_id: AlertId) -> str:
    """HASH of an alert: ``json``."""
    return f"{ALERT_PREFIX}{alert_id}"


def delivery(delivery_id: DeliveryId) -> str:
    """HASH of a delivery: alert, destination, state, attempts, due, lease, status, answer, ended.

    ``alert`` is the id of what it tells: of an alert, or of a notice.
    """
    return f"{DELIVERY_PREFIX}{delivery_id}"


def alert_deliveries(alert_id: AlertId | NoticeId) -> str:
    """SET of the ids of an alert's or a notice's deliveries."""
    return f"{ALERT_DELIVERIES_PREFIX}{alert_id}"


def notice(notice_id: NoticeId) -> str:
    """HASH of a notice to the operator: ``json``."""
    return f"{NOTICE_PREFIX}{notice_id}"


GATHERING_PREFIX = "ww:gathering:"  # + destination → ZSET delivery id → due: what waits for its digest
ALERT_PREFIX = "ww:alert:"
DELIVERY_PREFIX = "ww:delivery:"
ALERT_DELIVERIES_PREFIX = "ww:alert-deliveries:"
NOTICE_PREFIX = "ww:notice:"

# --- what waits, by the time at which the sweeper should look at it

WAITING_STORIES = "ww:waiting:stories"  # ZSET entry id
WAITING_DELIVERIES = "ww:waiting:deliveries"  # ZSET delivery id
STORY_JOBS = "ww:story-jobs"  # HASH entry id → the RQ job that carries it
STORY_ATTEMPTS = "ww:story-attempts"  # HASH entry id → how often it was begun alone
SET_ASIDE = "ww:set-aside"  # HASH entry id → JSON: why its page was not read
SET_ASIDE_PAGE_PREFIX = "ww:set-aside-page:"  # + entry id → STRING, the page itself

# --- indexes and counts

ALERTS = "ww:alerts"  # ZSET alert id → when it was made
NOTICES = "ww:notices"  # ZSET notice id → when it was made
PARKED = "ww:parked"  # ZSET delivery id → when it was given up
DECIDED = "ww:decided"  # STREAM of decisions, newest 20,000
FAILING = "ww:failing"  # SET of the sources whose last poll failed
FLAG_CHANGES = "ww:flag-changes"  # LIST of JSON: {source, name, url, flag, was, reason, at}
FLAGGED = "ww:flagged"  # SET of the sources with something odd about them: silent, html, …
COUNTERS = "ww:counters"  # HASH name → count
OWNERS = "ww:owners"  # HASH partition → the process that owns it
OWNER_PREFIX = "ww:owner:"  # + process → STRING with expiry: it is alive
SWEEPER_LOCK = "ww:lock:sweeper"

# --- WebSub: what is pushed instead of polled


def websub_due(p: int) -> str:
    """ZSET source id → when its subscription is looked at; of sources that have a hub, or had one."""
    return f"ww:{p:03d}:websub-due"


def subscription(source_id: SourceId) -> str:
    """HASH of a source's subscription at its hub: ``json``, and ``version``, another after each write."""
    return f"{SUBSCRIPTION_PREFIX}{source_id}"


def callback(token: str) -> str:
    """STRING with expiry: whose callback address this is: partition and source id."""
    return f"ww:callback:{token}"


SUBSCRIPTION_PREFIX = "ww:subscription:"
CALLBACK_BASES = "ww:callback-bases"  # HASH a shard's first partition → the address its callbacks are under
INBOX_BYTES = "ww:inbox-bytes"  # STRING: how much all inboxes hold
WAKE = "ww:wake"  # a channel: the partition in whose inbox something new is
