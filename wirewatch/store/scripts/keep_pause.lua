-- Keep the pause of a host.
-- KEYS[1] pauses of its partition
-- ARGV[1] host   ARGV[2] "until:in a row"   ARGV[3] now, ms   ARGV[4] how many a partition keeps
-- Reply: 1 if it is kept, 0 if the partition is full of pauses that last
-- Never seen half-done: a pause and its count are one value.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
  local found = redis.call('HGETALL', KEYS[1])
  for at = 1, #found, 2 do
    local until_ms = tonumber(string.match(found[at + 1], '^(%d+):'))
    if not until_ms or until_ms <= tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], found[at]) end
  end
  if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
