-- Door C: a batch is decided.
-- KEYS[1] stories waiting   KEYS[2] story jobs   KEYS[3] story attempts   KEYS[4] deliveries waiting
-- KEYS[5] alerts index   KEYS[6] decided stream   KEYS[7] counters
-- ARGV[1] JSON: {now, window: seconds, keep: seconds an alert is kept, prefixes: {story, cluster, page,
--   alert, delivery, alert_deliveries, gathering, seen}, decisions: [{entry, revision, story, cluster,
--   json, copy, topics: [name], source, result, counter: name or empty,
--   alerts: [{id, json, deliveries: [{id, destination, due, gathers: bool}]}]}]}
-- Reply: the ids of the alerts that are new
-- Never seen half-done: a story that no longer waits has its alerts and their deliveries recorded.
-- Sent in one MULTI with the RQ jobs of the deliveries. Repeating it changes nothing.
local batch = cjson.decode(ARGV[1])
local prefix = batch.prefixes
local made = {}
for _, decision in ipairs(batch.decisions) do
  local story_key = prefix.story .. decision.story
  redis.call('HSET', story_key, 'json', decision.json, 'topics', table.concat(decision.topics, '\n'),
    'decided', string.format('%.0f', batch.now))
  redis.call('HSETNX', story_key, 'cluster', decision.cluster)
  redis.call('EXPIRE', story_key, batch.window)
  redis.call('HSET', prefix.cluster .. decision.cluster, decision.story, decision.copy)
  redis.call('EXPIRE', prefix.cluster .. decision.cluster, batch.window)
  for _, alert in ipairs(decision.alerts) do
    if redis.call('HSETNX', prefix.alert .. alert.id, 'json', alert.json) == 1 then
      made[#made + 1] = alert.id
      redis.call('EXPIRE', prefix.alert .. alert.id, batch.keep)
      redis.call('ZADD', KEYS[5], batch.now, alert.id)
      redis.call('HINCRBY', KEYS[7], 'alerts', 1)
      for _, delivery in ipairs(alert.deliveries) do
        local key = prefix.delivery .. delivery.id
        redis.call('HSET', key, 'alert', alert.id, 'destination', delivery.destination,
          'state', 'waiting', 'attempts', 0, 'due', string.format('%.0f', delivery.due))
        redis.call('EXPIRE', key, batch.keep)
        redis.call('SADD', prefix.alert_deliveries .. alert.id, delivery.id)
        redis.call('EXPIRE', prefix.alert_deliveries .. alert.id, batch.keep)
        redis.call('ZADD', KEYS[4], delivery.due, delivery.id)
        if delivery.gathers then
          redis.call('HSET', key, 'gathers', 1)
          redis.call('ZADD', prefix.gathering .. delivery.destination, delivery.due, delivery.id)
        end
      end
    end
  end
  if decision.result == 'old' then  -- learned silently, and so are its edits
    local seen_key = prefix.seen .. decision.source
    local id = string.gsub(string.sub(decision.entry, 2), '%x%x',
      function(byte) return string.char(tonumber(byte, 16)) end)
    local known = redis.call('HGET', seen_key, id)
    if known then redis.call('HSET', seen_key, id, string.sub(known, 1, -2) .. 's') end
  end
  -- Edited and handed over again while it was decided: the new text waits for its own decision.
  local page_key = prefix.page .. decision.entry
  local line = decision.revision .. '\n'
  local newer = decision.revision ~= '' and redis.call('EXISTS', page_key) == 1
    and redis.call('GETRANGE', page_key, 0, #line - 1) ~= line
  if not newer and redis.call('ZREM', KEYS[1], decision.entry) == 1 then
    redis.call('HINCRBY', KEYS[7], 'decided', 1)
    if #decision.topics > 0 then redis.call('HINCRBY', KEYS[7], 'matched', 1) end
    if decision.counter ~= '' then redis.call('HINCRBY', KEYS[7], decision.counter, 1) end
    redis.call('XADD', KEYS[6], 'MAXLEN', '~', 20000, '*', 'entry', decision.entry,
      'story', decision.story, 'source', decision.source, 'result', decision.result)
  end
  if not newer then
    redis.call('HDEL', KEYS[2], decision.entry)
    redis.call('HDEL', KEYS[3], decision.entry)
    redis.call('DEL', page_key)
  end
end
if #made > 0 then redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', batch.now - batch.keep * 1000) end
return made
