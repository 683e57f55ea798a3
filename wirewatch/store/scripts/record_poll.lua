-- Door A: a poll, or a push, is recorded.
-- KEYS[1] source hash   KEYS[2] seen hash   KEYS[3] due set   KEYS[4] polling set
-- KEYS[5] failing set   KEYS[6] counters   KEYS[7] sources of its partition   KEYS[8] flag changes
-- KEYS[9] flagged set   KEYS[10] inbox of pushes   KEYS[11] its order
-- KEYS[12] bytes in all inboxes   KEYS[13] due set of its partition's subscriptions
-- KEYS[14..] for each page partition of the new entries: its frontier, then its entries hash
-- ARGV[1] JSON: {id, name, url, now, day: days since 1970, due, fields: {name: text}, forget: [name],
--   failed: bool, weight: of the failure, gone: bool, push: id or '', flag or null where it stays as it
--   is, because: of the flag, counts: {counter: n}}
-- ARGV[2] what the document carried, 38 bytes an entry (see carried.py); '' where none was read
-- ARGV[3..] four for each entry that was parsed: id and revision in hexadecimal; its JSON, '' where it is
--   learned silently; the index of its frontier in KEYS
-- Reply: {unseen entries put on the frontier, edited ones put there again}
-- Never seen half-done: an entry is in the seen set if and only if it is on the frontier, beyond it, or
-- silent; the validators are those of the answer whose entries are recorded; a push is in the inbox until
-- its entries are recorded.
-- A seen entry: 10 bytes of its id → 6 bytes of its revision, edits, the day it was last carried (two
-- bytes), 's' where it is silent, else '-'.
local MOST_EDITS = 24  -- an entry whose text changes at every poll is not read for ever
local KEEP_DAYS = 90  -- what a feed has not carried for so long is forgotten, or the seen set grows for ever
local STRIDE, VERSION, ID = 38, 8, 10
local MOST_CARRIED = 5000
local poll = cjson.decode(ARGV[1])
if poll.push ~= '' then
  local size = redis.call('HSTRLEN', KEYS[10], poll.push)
  if redis.call('HDEL', KEYS[10], poll.push) == 0 then return { 0, 0 } end  -- recorded before
  redis.call('ZREM', KEYS[11], poll.push)
  redis.call('DECRBY', KEYS[12], size)
end
if redis.call('SISMEMBER', KEYS[7], poll.id) == 0 then  -- removed while it was polled
  redis.call('SREM', KEYS[4], poll.id)
  return { 0, 0 }
end
local function raw(hex)
  return (string.gsub(hex, '%x%x', function(byte) return string.char(tonumber(byte, 16)) end))
end
local today = string.char(math.floor(poll.day / 256), poll.day % 256)
local new, edited = 0, 0
for i = 3, #ARGV, 4 do
  local id, revision, json, at = raw(string.sub(ARGV[i], 2)), raw(ARGV[i + 1]), ARGV[i + 2], tonumber(ARGV[i + 3])
  local known = redis.call('HGET', KEYS[2], id)
  local mark, edits, tell = json == '' and 's' or '-', 0, false
  if not known then
    tell = mark == '-'
    if tell then new = new + 1 end
  else
    mark = string.sub(known, 10, 10)
    edits = string.byte(known, 7)
    if string.sub(known, 1, 6) ~= revision and edits < MOST_EDITS then
      edits = edits + 1
      tell = mark == '-' and json ~= ''
      if tell then edited = edited + 1 end
    end
  end
  local value = revision .. string.char(edits) .. today .. mark
  if value ~= known then redis.call('HSET', KEYS[2], id, value) end
  if tell then
    redis.call('HSET', KEYS[at + 1], ARGV[i], json)
    redis.call('ZADD', KEYS[at], poll.now, ARGV[i])
  end
end
-- Once a day, and only when a document was read: a feed that answers 304 for a year forgets nothing.
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'pruned') ~= tostring(poll.day) then
  redis.call('HSET', KEYS[1], 'pruned', poll.day)
  -- What the last document carried was carried until this one came, however long ago it was read.
  for _, carried in ipairs({ redis.call('HGET', KEYS[1], 'carried') or '', ARGV[2] }) do
    for at = VERSION + 1, #carried, STRIDE do
      local id = string.sub(carried, at, at + ID - 1)
      local known = redis.call('HGET', KEYS[2], id)
      if known then
        redis.call('HSET', KEYS[2], id, string.sub(known, 1, 7) .. today .. string.sub(known, 10, 10))
      end
    end
  end
  local seen = redis.call('HGETALL', KEYS[2])
  for at = 1, #seen, 2 do
    local day = string.byte(seen[at + 1], 8) * 256 + string.byte(seen[at + 1], 9)
    if day < poll.day - KEEP_DAYS then redis.call('HDEL', KEYS[2], seen[at]) end
  end
end
if ARGV[2] ~= '' then
  local carried = ARGV[2]
  if poll.push ~= '' then  -- a push may be but a part of the feed: what else is carried stays
    local pushed, parts = {}, { carried }
    for at = VERSION + 1, #carried, STRIDE do pushed[string.sub(carried, at, at + ID - 1)] = true end
    local before = redis.call('HGET', KEYS[1], 'carried') or ''
    for at = 1, math.min(#before, MOST_CARRIED * STRIDE - #carried), STRIDE do
      local stride = string.sub(before, at, at + STRIDE - 1)
      if not pushed[string.sub(stride, VERSION + 1, VERSION + ID)] then parts[#parts + 1] = stride end
    end
    carried = table.concat(parts)
  end
  redis.call('HSET', KEYS[1], 'carried', carried)
end
for name, value in pairs(poll.fields) do
  redis.call('HSET', KEYS[1], name, value)
end
if #poll.forget > 0 then redis.call('HDEL', KEYS[1], unpack(poll.forget)) end
local function count(name, by)
  if by ~= 0 then redis.call('HINCRBY', KEYS[6], name, by) end
end
if new > 0 then redis.call('HINCRBY', KEYS[1], 'entries', new) end
count('entries', new)
count('edits', edited)
for name, by in pairs(poll.counts) do count(name, by) end
local was = redis.call('HGET', KEYS[1], 'flag') or ''
if poll.flag ~= cjson.null and poll.flag ~= was then
  redis.call('HSET', KEYS[1], 'flag', poll.flag, 'flag_since', string.format('%.0f', poll.now))
  redis.call(poll.flag == '' and 'SREM' or 'SADD', KEYS[9], poll.id)
  redis.call('RPUSH', KEYS[8], cjson.encode({ source = poll.id, name = poll.name, url = poll.url,
    flag = poll.flag, was = was, reason = poll.because, at = poll.now }))
end
if poll.push ~= '' then
  count('pushes_read', 1)
  return { new, edited }
end
-- Its subscription is looked at when its hub has changed, and where it has a hub and none is known.
if poll.fields.hub or poll.fields.topic or string.find(table.concat(poll.forget, ' '), 'hub', 1, true)
    or (redis.call('HEXISTS', KEYS[1], 'hub') == 1 and not redis.call('ZSCORE', KEYS[13], poll.id)) then
  redis.call('ZADD', KEYS[13], poll.now, poll.id)
end
redis.call('HINCRBY', KEYS[1], 'polls', 1)
redis.call('HSET', KEYS[1], 'polled', string.format('%.0f', poll.now))
count('polls', 1)
if poll.failed then
  redis.call('HINCRBY', KEYS[1], 'fails', 1)
  redis.call('HINCRBYFLOAT', KEYS[1], 'trouble', poll.weight)
  redis.call('HSETNX', KEYS[1], 'failing_since', string.format('%.0f', poll.now))
  redis.call('SADD', KEYS[5], poll.id)
  count('failed_polls', 1)
else
  redis.call('HSET', KEYS[1], 'good', string.format('%.0f', poll.now))
  if redis.call('HDEL', KEYS[1], 'error', 'fails', 'trouble', 'failing_since') > 0 then
    redis.call('SREM', KEYS[5], poll.id)
  end
end
if poll.gone then
  redis.call('ZREM', KEYS[3], poll.id)
else
  redis.call('ZADD', KEYS[3], poll.due, poll.id)
end
redis.call('SREM', KEYS[4], poll.id)
return { new, edited }
