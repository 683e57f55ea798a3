-- A digest's window has ended: what waits for its destination becomes one delivery.
-- KEYS[1] hash of the delivery whose job came   KEYS[2] deliveries waiting
-- ARGV[1] delivery id   ARGV[2] prefix of the deliveries' hashes
-- ARGV[3] prefix of the sets of what waits for a digest, by destination   ARGV[4] how long it is kept, s
-- Reply: the id of the digest that the delivery is part of, or false if it has ended
-- Never seen half-done: a delivery is alone and waiting, or part of exactly one digest, which waits. The
-- digest's id is made of its members', so that it tells what is in it.
-- The members are found on the way, so their keys are not in KEYS (see the package's docstring).
local MOST = 1000
local state = redis.call('HMGET', KEYS[1], 'state', 'digest', 'destination', 'due')
if state[2] then return state[2] end
if state[1] ~= 'waiting' then return false end
local gathering = ARGV[3] .. state[3]
redis.call('ZADD', gathering, state[4], ARGV[1])
local members = redis.call('ZRANGEBYSCORE', gathering, '-inf', state[4], 'LIMIT', 0, MOST)
local id = 'g' .. string.sub(redis.sha1hex(table.concat(members, ' ')), 1, 20)
local key = ARGV[2] .. id
for _, member in ipairs(members) do
  redis.call('HSET', ARGV[2] .. member, 'digest', id)
  redis.call('ZREM', KEYS[2], member)
  redis.call('ZREM', gathering, member)
end
redis.call('HSET', key, 'members', table.concat(members, ' '), 'destination', state[3],
  'state', 'waiting', 'attempts', 0, 'due', state[4])
redis.call('EXPIRE', key, ARGV[4])
redis.call('ZADD', KEYS[2], state[4], id)
return redis.call('HGET', KEYS[1], 'digest')
