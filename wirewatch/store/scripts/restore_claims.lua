-- A crawler starts: what its predecessor held goes back to where it was claimed from.
-- KEYS[4i-3] due   KEYS[4i-2] polling   KEYS[4i-1] frontier   KEYS[4i] fetching, of a partition
-- ARGV[1] now, ms
-- Reply: {sources made due again, entries put back}
-- Never seen half-done: nothing is claimed by nobody. Safe because a partition has one owner.
local sources, entries = 0, 0
for i = 1, #KEYS, 4 do
  for _, id in ipairs(redis.call('SMEMBERS', KEYS[i + 1])) do
    if redis.call('ZSCORE', KEYS[i], id) then
      redis.call('ZADD', KEYS[i], ARGV[1], id)
      sources = sources + 1
    end
  end
  redis.call('DEL', KEYS[i + 1])
  for _, id in ipairs(redis.call('ZRANGE', KEYS[i + 3], 0, -1)) do
    redis.call('ZADD', KEYS[i + 2], ARGV[1], id)
    entries = entries + 1
  end
  redis.call('DEL', KEYS[i + 3])
end
return { sources, entries }
