-- Claim entries whose pages may be fetched now, of all the partitions of a shard.
-- KEYS[1] the shard's last claim
-- KEYS[4i-2] frontier   KEYS[4i-1] fetching   KEYS[4i] entries   KEYS[4i+1] tries, of a partition
-- ARGV[1] now, ms   ARGV[2] how many at most   ARGV[3] token of this claim
-- ARGV[4] how many of a partition may be in flight
-- Reply: {when the next page may be fetched, ms, or -1; then for each claimed entry {JSON, tries so far}}
-- Never seen half-done: an entry that was not handed over is on the frontier or being fetched (or both,
-- where it was edited meanwhile), never neither. A claim whose answer was lost on the way is sent again
-- with its token, and answered the same.
local EDITED_PAUSE_MS = 1000
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local claimed, soonest = {}, -1
local again = redis.call('HGET', KEYS[1], 'token') == ARGV[3] and redis.call('HGET', KEYS[1], 'ids')
if again then limit = 0 end
local ids_claimed = {}
local most = tonumber(ARGV[4])
for i = 2, #KEYS, 4 do
  local function claim(id, entry)
    claimed[#claimed + 1] = { entry, tonumber(redis.call('HGET', KEYS[i + 3], id) or 0) }
  end
  if again then
    for id in string.gmatch(again, '%S+') do
      local entry = redis.call('HGET', KEYS[i + 2], id)
      if entry then claim(id, entry) end
    end
  end
  local first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  local room = 0
  if first[2] and tonumber(first[2]) <= now and #ids_claimed < limit then
    room = math.min(limit - #ids_claimed, most - redis.call('ZCARD', KEYS[i + 1]))
  end
  if room > 0 then
    local ids = redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', now, 'LIMIT', 0, room)
    for _, id in ipairs(ids) do
      local entry = redis.call('HGET', KEYS[i + 2], id)
      if not entry then
        redis.call('ZREM', KEYS[i], id)
      elseif redis.call('ZADD', KEYS[i + 1], 'NX', now, id) == 1 then
        redis.call('ZREM', KEYS[i], id)
        ids_claimed[#ids_claimed + 1] = id
        claim(id, entry)
      else  -- edited while its page is being fetched: its turn comes after that
        redis.call('ZADD', KEYS[i], now + EDITED_PAUSE_MS, id)
      end
    end
    first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  end
  -- Where a partition has no room, the next look comes when one of its fetches ends.
  local full = room <= 0 and limit > 0 and #ids_claimed < limit
  if first[2] and not (full and tonumber(first[2]) <= now) and (soonest < 0 or tonumber(first[2]) < soonest) then
    soonest = tonumber(first[2])
  end
end
if #ids_claimed > 0 then
  redis.call('HSET', KEYS[1], 'token', ARGV[3], 'ids', table.concat(ids_claimed, ' '))
end
table.insert(claimed, 1, soonest)
return claimed
