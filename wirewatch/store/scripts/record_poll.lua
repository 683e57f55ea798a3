-- Door A: a poll is recorded.
-- KEYS[1] source hash   KEYS[2] seen hash   KEYS[3] due set   KEYS[4] polling set
-- KEYS[5] failing set   KEYS[6] counters   KEYS[7] sources of its partition
-- KEYS[8..] for each page partition of the new entries: its frontier, then its entries hash
-- ARGV[1] JSON: {id, now, due, fields: {name: text}, forget: [name], failed: bool, gone: bool,
--   entries: [{id, revision, json or null where it is learned silently, at: index of its frontier in KEYS}]}
-- Reply: {unseen entries put on the frontier, edited ones put there again}
-- Never seen half-done: an entry is in the seen set if and only if it is on the frontier, beyond it, or
-- silent; the validators are those of the answer whose entries are recorded.
local MOST_EDITS = 24  -- an entry whose text changes at every poll is not read for ever
local KEEP_DAYS = 30  -- what a feed has not carried for so long is forgotten, or the seen set grows for ever
local poll = cjson.decode(ARGV[1])
if redis.call('SISMEMBER', KEYS[7], poll.id) == 0 then  -- removed while it was polled
  redis.call('SREM', KEYS[4], poll.id)
  return { 0, 0 }
end
local today = tostring(math.floor(poll.now / 86400000))
local new, edited = 0, 0
for _, entry in ipairs(poll.entries) do
  local known = redis.call('HGET', KEYS[2], entry.id)
  local silent = entry.json == cjson.null
  local edits = 0
  local tell = false
  if not known then
    tell = not silent
    if tell then new = new + 1 end
  else
    local revision, count, _, mark = string.match(known, '^(%x*):(%d+):(%d+):(.*)$')
    silent = mark == 's'
    edits = tonumber(count)
    if revision ~= entry.revision and edits < MOST_EDITS then
      edits = edits + 1
      tell = not silent and entry.json ~= cjson.null
      if tell then edited = edited + 1 end
    end
  end
  local value = entry.revision .. ':' .. edits .. ':' .. today .. ':' .. (silent and 's' or '')
  if value ~= known then
    redis.call('HSET', KEYS[2], entry.id, value)
  end
  if tell then
    redis.call('HSET', KEYS[entry.at + 1], entry.id, entry.json)
    redis.call('ZADD', KEYS[entry.at], poll.now, entry.id)
  end
end
-- Once a day, and only when a document was read: a feed that answers 304 for a year forgets nothing.
if #poll.entries > 0 and redis.call('HGET', KEYS[1], 'pruned') ~= today then
  redis.call('HSET', KEYS[1], 'pruned', today)
  local seen = redis.call('HGETALL', KEYS[2])
  for at = 1, #seen, 2 do
    local day = tonumber(string.match(seen[at + 1], '^%x*:%d+:(%d+):'))
    if day and day < tonumber(today) - KEEP_DAYS then redis.call('HDEL', KEYS[2], seen[at]) end
  end
end
for name, value in pairs(poll.fields) do
  redis.call('HSET', KEYS[1], name, value)
end
for _, name in ipairs(poll.forget) do
  redis.call('HDEL', KEYS[1], name)
end
redis.call('HINCRBY', KEYS[1], 'polls', 1)
redis.call('HINCRBY', KEYS[1], 'entries', new)
redis.call('HSET', KEYS[1], 'polled', string.format('%.0f', poll.now))
redis.call('HINCRBY', KEYS[6], 'polls', 1)
redis.call('HINCRBY', KEYS[6], 'entries', new)
redis.call('HINCRBY', KEYS[6], 'edits', edited)
if poll.failed then
  redis.call('HINCRBY', KEYS[1], 'fails', 1)
  redis.call('SADD', KEYS[5], poll.id)
  redis.call('HINCRBY', KEYS[6], 'failed_polls', 1)
else
  redis.call('HSET', KEYS[1], 'fails', 0, 'good', string.format('%.0f', poll.now))
  redis.call('HDEL', KEYS[1], 'error')
  redis.call('SREM', KEYS[5], poll.id)
end
if poll.gone then
  redis.call('ZREM', KEYS[3], poll.id)
else
  redis.call('ZADD', KEYS[3], poll.due, poll.id)
end
redis.call('SREM', KEYS[4], poll.id)
return { new, edited }
