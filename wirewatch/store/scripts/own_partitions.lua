-- A crawler claims its shard's partitions, or says again that it lives.
-- KEYS[1] owners hash
-- ARGV[1] this process   ARGV[2] its description   ARGV[3] how long it may be silent, ms
-- ARGV[4] prefix of the owners' signs of life   ARGV[5..] the partitions
-- Reply: '' if they are all this process's now, else the description of a living owner of one of them
-- Never seen half-done: a shard is owned whole or not at all. A sign of life alone writes one key.
local others = {}
for i = 5, #ARGV do
  local owner = redis.call('HGET', KEYS[1], ARGV[i])
  if owner ~= ARGV[1] then
    local alive = owner and redis.call('GET', ARGV[4] .. owner)
    if alive then return alive end
    others[#others + 1] = ARGV[i]
  end
end
for _, partition in ipairs(others) do
  redis.call('HSET', KEYS[1], partition, ARGV[1])
end
redis.call('SET', ARGV[4] .. ARGV[1], ARGV[2], 'PX', ARGV[3])
return ''
