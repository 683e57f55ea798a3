-- A push that cannot be read is dropped, and its source polled soon instead.
-- KEYS[1] inbox   KEYS[2] its order   KEYS[3] bytes in all inboxes   KEYS[4] due set of polls   KEYS[5] counters
-- ARGV[1] push id   ARGV[2] source id   ARGV[3] when to poll it, ms
-- Reply: 1, or 0 where it is gone already
-- Never seen half-done: a push is in the inbox, or its source is due.
local size = redis.call('HSTRLEN', KEYS[1], ARGV[1])
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DECRBY', KEYS[3], size)
redis.call('ZADD', KEYS[4], 'XX', 'LT', ARGV[3], ARGV[2])
redis.call('HINCRBY', KEYS[5], 'unread_pushes', 1)
return 1
