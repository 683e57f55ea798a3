-- A digest's window has ended: what waits for its destination becomes one delivery.
-- KEYS[1] hash of the delivery whose job came   KEYS[2] deliveries waiting
-- ARGV[1] now, ms   ARGV[2] delivery id   ARGV[3] prefix of the deliveries' hashes
-- ARGV[4] prefix of the sets of what waits for a digest, by destination   ARGV[5] how long it is kept, s
-- ARGV[6] how much too early a job may come, ms
-- Reply: the id of the digest that the delivery is part of, or false if it has ended or is not due
-- Never seen half-done: a delivery is alone and waiting, or part of exactly one digest, which waits. The
-- digest's id is made of its members', so that a repeat finds the same.
-- The members are found on the way, so their keys are not in KEYS (see the package's docstring).
local MOST = 1000
local now = tonumber(ARGV[1])
local state = redis.call('HMGET', KEYS[1], 'state', 'digest', 'destination', 'due')
if state[2] then return state[2] end
if state[1] ~= 'waiting' or tonumber(state[4]) > now + tonumber(ARGV[6]) then return false end
local gathering = ARGV[4] .. state[3]
local members = redis.call('ZRANGEBYSCORE', gathering, '-inf', state[4], 'LIMIT', 0, MOST)
if #members == 0 then members = { ARGV[2] } end
local id = 'g' .. string.sub(redis.sha1hex(table.concat(members, ' ')), 1, 20)
local key = ARGV[3] .. id
for _, member in ipairs(members) do
  redis.call('HSET', ARGV[3] .. member, 'digest', id)
  redis.call('ZREM', KEYS[2], member)
  redis.call('ZREM', gathering, member)
end
redis.call('HSET', key, 'members', table.concat(members, ' '), 'destination', state[3],
  'state', 'waiting', 'attempts', 0, 'due', state[4])
redis.call('EXPIRE', key, ARGV[5])
redis.call('ZADD', KEYS[2], state[4], id)
return id
