-- A claimed source is given back unasked.
-- KEYS[1] due set   KEYS[2] polling set, of its partition   KEYS[3] source hash
-- ARGV[1] source id   ARGV[2] when it is due   ARGV[3] why then
-- Reply: 1, or 0 where it was removed meanwhile
-- Never seen half-done: it is due, and not claimed.
redis.call('SREM', KEYS[2], ARGV[1])
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[3], 'why', ARGV[3])
return 1
