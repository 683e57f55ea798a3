-- A worker begins an attempt.
-- KEYS[1] delivery hash   KEYS[2] deliveries waiting
-- ARGV[1] now, ms   ARGV[2] how long the attempt may take, ms   ARGV[3] delivery id
-- ARGV[4] how much too early a job may come, ms
-- Reply: {id of the alert or notice, destination, attempts made before, ids of a digest's deliveries or ''};
-- {} where it is to be gathered into a digest first; or false where there is nothing to do: ended, gathered,
-- not due yet, or in another worker's hands
-- Never seen half-done: an attempt in hand is counted, and looked at by the sweeper should it never end.
local now = tonumber(ARGV[1])
local state = redis.call('HMGET', KEYS[1], 'state', 'due', 'lease', 'alert', 'destination', 'attempts',
  'gathers', 'digest', 'members')
if state[1] ~= 'waiting' or state[8] then
  redis.call('ZREM', KEYS[2], ARGV[3])
  return false
end
-- Where nothing is to be done now, the sweeper need not look before there is.
if tonumber(state[2]) > now + tonumber(ARGV[4]) then
  redis.call('ZADD', KEYS[2], state[2], ARGV[3])
  return false
end
if state[3] and tonumber(state[3]) > now then
  redis.call('ZADD', KEYS[2], state[3], ARGV[3])
  return false
end
if state[7] then return {} end
local lease = now + tonumber(ARGV[2])
redis.call('HSET', KEYS[1], 'lease', string.format('%.0f', lease))
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('ZADD', KEYS[2], lease, ARGV[3])
return { state[4] or '', state[5], tonumber(state[6]), state[9] or '' }
