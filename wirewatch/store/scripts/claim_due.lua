-- Claim the sources that are due, of all the partitions of a shard.
-- KEYS[1] the shard's last claim   KEYS[2i] due set of a partition   KEYS[2i+1] its polling set
-- ARGV[1] now, ms   ARGV[2] how many at most   ARGV[3] prefix of the sources' hashes
-- ARGV[4] pause until a claim is looked at again, ms, where a source has no interval yet
-- ARGV[5] token of this claim   ARGV[6] how many of a partition may be in flight
-- Reply: {when the next source is due, ms, or -1; then for each claimed source {id, {its hash, flat}}}
-- Never seen half-done: a claimed source has its next due time stored before its request goes out,
-- so a crawler that dies polls it again at that time at the latest, and never twice at once. A claim
-- whose answer was lost on the way is sent again with its token, and answered the same.
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local claimed, soonest = {}, -1
local function claim(id)
  claimed[#claimed + 1] = { id, redis.call('HGETALL', ARGV[3] .. id) }
end
if redis.call('HGET', KEYS[1], 'token') == ARGV[5] then
  limit = 0
  for id in string.gmatch(redis.call('HGET', KEYS[1], 'ids'), '%S+') do claim(id) end
end
local ids_claimed = {}
local most = tonumber(ARGV[6])
for i = 2, #KEYS, 2 do
  local first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  local room = 0
  if first[2] and tonumber(first[2]) <= now and #ids_claimed < limit then
    room = math.min(limit - #ids_claimed, most - redis.call('SCARD', KEYS[i + 1]))
  end
  if room > 0 then
    local ids = redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', now, 'LIMIT', 0, room)
    for _, id in ipairs(ids) do
      local pause = tonumber(redis.call('HGET', ARGV[3] .. id, 'interval') or ARGV[4])
      redis.call('ZADD', KEYS[i], now + pause, id)
      if redis.call('SADD', KEYS[i + 1], id) == 1 then
        ids_claimed[#ids_claimed + 1] = id
        claim(id)
      end
    end
    first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  end
  -- Where a partition has no room, the next look comes when one of its polls ends.
  local full = room <= 0 and limit > 0 and #ids_claimed < limit
  if first[2] and not (full and tonumber(first[2]) <= now) and (soonest < 0 or tonumber(first[2]) < soonest) then
    soonest = tonumber(first[2])
  end
end
if #ids_claimed > 0 then
  redis.call('HSET', KEYS[1], 'token', ARGV[5], 'ids', table.concat(ids_claimed, ' '))
end
table.insert(claimed, 1, soonest)
return claimed
