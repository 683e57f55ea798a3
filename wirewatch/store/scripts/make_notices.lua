-- Changes of sources' flags become notices to the operator.
-- KEYS[1] flag changes   KEYS[2] notices index   KEYS[3] deliveries waiting   KEYS[4] counters
-- ARGV[1] JSON: {now, keep: seconds a notice is kept, prefixes: {notice, delivery, alert_deliveries},
--   changes: how many become notices, digest: the SHA-1 of their texts, one a line,
--   notices: [{id, json, deliveries: [{id, destination}]}]}
-- Reply: 1, or 0 where the oldest changes are not these any more: others have told of them
-- Never seen half-done: a change is in the list, or its notice and the notice's deliveries are recorded.
-- Sent in one MULTI with the RQ jobs of the deliveries. Repeating it changes nothing.
local batch = cjson.decode(ARGV[1])
local prefix = batch.prefixes
local oldest = redis.call('LRANGE', KEYS[1], 0, batch.changes - 1)
if redis.sha1hex(table.concat(oldest, '\n')) ~= batch.digest then return 0 end
redis.call('LTRIM', KEYS[1], batch.changes, -1)
for _, notice in ipairs(batch.notices) do
  redis.call('HSET', prefix.notice .. notice.id, 'json', notice.json)
  redis.call('EXPIRE', prefix.notice .. notice.id, batch.keep)
  redis.call('ZADD', KEYS[2], batch.now, notice.id)
  redis.call('HINCRBY', KEYS[4], 'notices', 1)
  for _, delivery in ipairs(notice.deliveries) do
    local key = prefix.delivery .. delivery.id
    redis.call('HSET', key, 'alert', notice.id, 'destination', delivery.destination,
      'state', 'waiting', 'attempts', 0, 'due', string.format('%.0f', batch.now))
    redis.call('EXPIRE', key, batch.keep)
    redis.call('SADD', prefix.alert_deliveries .. notice.id, delivery.id)
    redis.call('EXPIRE', prefix.alert_deliveries .. notice.id, batch.keep)
    redis.call('ZADD', KEYS[3], batch.now, delivery.id)
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', batch.now - batch.keep * 1000)
return 1
