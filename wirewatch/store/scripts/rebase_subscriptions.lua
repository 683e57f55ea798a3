-- Look at every subscription of a shard anew where the address of its callbacks is another than it was.
-- KEYS[1] the bases   KEYS[2..] due sets of the shard's partitions
-- ARGV[1] the shard's first partition   ARGV[2] the base, '' where there is none   ARGV[3] now, ms
-- Reply: how many are looked at anew
-- Never seen half-done: either all are due, or the base is the one they were made for.
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') == ARGV[2] then return 0 end
local count = 0
for i = 2, #KEYS do
  for _, id in ipairs(redis.call('ZRANGE', KEYS[i], 0, -1)) do
    redis.call('ZADD', KEYS[i], ARGV[3], id)
    count = count + 1
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return count
