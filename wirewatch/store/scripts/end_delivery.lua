-- Door D: an attempt ends: delivered, to be tried again at a time, or parked.
-- KEYS[1] delivery hash   KEYS[2] deliveries waiting   KEYS[3] parked index   KEYS[4] counters
-- ARGV[1] delivery id   ARGV[2] now, ms   ARGV[3] delivered | waiting | parked   ARGV[4] due, ms, or ''
-- ARGV[5] outcome in words   ARGV[6] the receiver's answer   ARGV[7] how long it is listed as parked, ms
-- Reply: 1 if it changed anything, 0 if the delivery had ended before
-- Never seen half-done: a delivery that no longer waits has its end recorded. Sent in one MULTI with
-- the RQ job of the next attempt. An ended delivery never changes again.
if redis.call('HGET', KEYS[1], 'state') ~= 'waiting' then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'status', ARGV[5], 'answer', ARGV[6])
redis.call('HDEL', KEYS[1], 'lease')
if ARGV[3] == 'waiting' then
  redis.call('HSET', KEYS[1], 'due', ARGV[4])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
  redis.call('HINCRBY', KEYS[4], 'failed_attempts', 1)
  return 1
end
redis.call('HSET', KEYS[1], 'ended', ARGV[2])
redis.call('ZREM', KEYS[2], ARGV[1])
local _, gathered = string.gsub(redis.call('HGET', KEYS[1], 'members') or 'one', '%S+', '')
redis.call('HINCRBY', KEYS[4], ARGV[3], gathered)  -- alerts are counted, however few messages carry them
if ARGV[3] == 'parked' then
  redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', tonumber(ARGV[2]) - tonumber(ARGV[7]))
end
return 1
