-- The pauses of a shard's hosts; those that ended more than a day ago are dropped.
-- KEYS[1..] pauses, of each partition
-- ARGV[1] now, ms
-- Reply: {host, "until:in a row", …}
-- Never seen half-done: each host's pause is there as it was kept, or not at all.
local DAY_MS = 86400000  -- so long a host that asked to be left alone may be silent, and asks for twice as much
local now = tonumber(ARGV[1])
local kept = {}
for _, key in ipairs(KEYS) do
  local found = redis.call('HGETALL', key)
  for at = 1, #found, 2 do
    local until_ms = tonumber(string.match(found[at + 1], '^(%d+):%d+$'))
    if until_ms and until_ms > now - DAY_MS then
      kept[#kept + 1] = found[at]
      kept[#kept + 1] = found[at + 1]
    else
      redis.call('HDEL', key, found[at])
    end
  end
end
return kept
