-- Write a subscription, unless somebody else has written it since it was read.
-- KEYS[1] the subscription   KEYS[2] due set of subscriptions   KEYS[3] hash of its source
-- KEYS[4] due set of polls   KEYS[5..] callbacks to be known by their address
-- ARGV[1] version that was read, '' where there was none   ARGV[2] JSON, '' where nothing is left to keep
-- ARGV[3] source id   ARGV[4] when to look again, ms, '' for never   ARGV[5] until when it was claimed, ms,
--   '' where it was not   ARGV[6] until when its hub pushes, ms, '' where it does not   ARGV[7] now, ms
-- ARGV[8] whose callbacks these are   ARGV[9] for how long, ms   ARGV[10] the new version
-- Reply: 1, or 0 where it was written meanwhile: read it and decide anew
-- Never seen half-done: a callback is known from before its hub is told of it; a source is polled rarely
-- only while it has a verified subscription, and at once when it has none any more.
if (redis.call('HGET', KEYS[1], 'version') or '') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'version', ARGV[10], 'json', ARGV[2])
end
for i = 5, #KEYS do
  redis.call('SET', KEYS[i], ARGV[8], 'PX', ARGV[9])
end
local at = redis.call('ZSCORE', KEYS[2], ARGV[3])
-- Whoever made it due since it was claimed has news that this decision does not know.
local mine = not at or tonumber(at) == tonumber(ARGV[5])
if mine and ARGV[4] == '' then
  redis.call('ZREM', KEYS[2], ARGV[3])
elseif ARGV[4] ~= '' and (mine or tonumber(ARGV[4]) < tonumber(at)) then
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
end
if ARGV[6] ~= '' then
  if redis.call('HEXISTS', KEYS[3], 'definition') == 1 then redis.call('HSET', KEYS[3], 'pushed_until', ARGV[6]) end
elseif redis.call('HDEL', KEYS[3], 'pushed_until') == 1 then
  redis.call('ZADD', KEYS[4], 'XX', 'LT', ARGV[7], ARGV[3])
end
return 1
