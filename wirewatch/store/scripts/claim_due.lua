-- Claim the sources that are due, of all the partitions of a shard.
-- KEYS[2i-1] due set of a partition   KEYS[2i] its polling set
-- ARGV[1] now, ms   ARGV[2] how many at most   ARGV[3] prefix of the sources' hashes
-- ARGV[4] pause until a claim is looked at again, ms, where a source has no interval yet
-- Reply: {when the next source is due, ms, or -1; then for each claimed source {id, {its hash, flat}}}
-- Never seen half-done: a claimed source has its next due time stored before its request goes out,
-- so a crawler that dies polls it again at that time at the latest, and never twice at once.
local now, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local claimed, soonest = {}, -1
for i = 1, #KEYS, 2 do
  if #claimed < limit then
    local ids = redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', now, 'LIMIT', 0, limit - #claimed)
    for _, id in ipairs(ids) do
      local pause = tonumber(redis.call('HGET', ARGV[3] .. id, 'interval') or ARGV[4])
      redis.call('ZADD', KEYS[i], now + pause, id)
      if redis.call('SADD', KEYS[i + 1], id) == 1 then
        claimed[#claimed + 1] = { id, redis.call('HGETALL', ARGV[3] .. id) }
      end
    end
  end
  local first = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  if first[2] and (soonest < 0 or tonumber(first[2]) < soonest) then
    soonest = tonumber(first[2])
  end
end
table.insert(claimed, 1, soonest)
return claimed
