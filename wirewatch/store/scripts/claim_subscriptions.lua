-- Claim the subscriptions that are to be looked at, of all the partitions of a shard.
-- KEYS[2i-1] due set of a partition   KEYS[2i] its sources
-- ARGV[1] now, ms   ARGV[2] how many at most   ARGV[3] until when they are claimed, ms
-- ARGV[4] prefix of the sources' hashes   ARGV[5] prefix of the subscriptions' hashes
-- Reply: for each {its place in KEYS, from 1; source id; 1 if it is watched, else 0; its hub; its topic; the
-- subscription's version; its JSON}; false where there is none
-- Never seen half-done: what is claimed comes again when its claim is over, whatever becomes of the claimer.
local claimed = {}
for i = 1, #KEYS, 2 do
  local room = tonumber(ARGV[2]) - #claimed
  if room <= 0 then break end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', ARGV[1], 'LIMIT', 0, room)) do
    redis.call('ZADD', KEYS[i], ARGV[3], id)
    local source = redis.call('HMGET', ARGV[4] .. id, 'hub', 'topic')
    local known = redis.call('HMGET', ARGV[5] .. id, 'version', 'json')
    claimed[#claimed + 1] = { (i + 1) / 2, id, redis.call('SISMEMBER', KEYS[i + 1], id),
      source[1], source[2], known[1], known[2] }
  end
end
return claimed
