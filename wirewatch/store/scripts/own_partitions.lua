-- A crawler claims its shard's partitions, or says again that it lives.
-- KEYS[1] owners hash
-- ARGV[1] this process   ARGV[2] its description   ARGV[3] how long it may be silent, ms
-- ARGV[4] prefix of the owners' signs of life   ARGV[5] a process known to be dead, or ''
-- ARGV[6..] the partitions
-- Reply: '' if they are all this process's now, else the description of a living owner of one of them
-- Never seen half-done: a shard is owned whole or not at all.
for i = 6, #ARGV do
  local owner = redis.call('HGET', KEYS[1], ARGV[i])
  if owner and owner ~= ARGV[1] and owner ~= ARGV[5] then
    local alive = redis.call('GET', ARGV[4] .. owner)
    if alive then return alive end
  end
end
for i = 6, #ARGV do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[1])
end
redis.call('SET', ARGV[4] .. ARGV[1], ARGV[2], 'PX', ARGV[3])
return ''
