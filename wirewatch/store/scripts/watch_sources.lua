-- Watch sources from now on, or change their definitions.
-- KEYS[1] added (definitions of the sources added by hand)   KEYS[2] paused
-- KEYS[4i-1] hash of a source   KEYS[4i] its seen hash   KEYS[4i+1] sources of its partition
-- KEYS[4i+2] due set of its partition
-- ARGV[1] 'by hand' where a user adds them, else 'as told'   ARGV[3i-1] id   ARGV[3i] definition as JSON
-- ARGV[3i+1] when it is first polled if it is new, ms
-- Reply: how many were not watched before
-- Never seen half-done: a source is in its partition's set if and only if it has a definition; one that is
-- paused gets its new definition and stays paused; one of the file is not changed by hand; what a removed
-- source had seen, and is about to forget, it keeps when it is watched again.
local new = 0
for i = 1, (#KEYS - 2) / 4 do
  local source, seen, sources, due = KEYS[4 * i - 1], KEYS[4 * i], KEYS[4 * i + 1], KEYS[4 * i + 2]
  local id, definition, at = ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1]
  local mine = true
  if ARGV[1] == 'by hand' then
    redis.call('HSET', KEYS[1], id, definition)
    if redis.call('SISMEMBER', sources, id) == 1 then
      local known = redis.call('HGET', source, 'definition')
      mine = not (known and cjson.decode(known).origin == 'file')
    end
  end
  if mine then
    redis.call('HSET', source, 'definition', definition)
    redis.call('PERSIST', seen)
    if redis.call('SISMEMBER', KEYS[2], id) == 0 then
      new = new + redis.call('SADD', sources, id)
      redis.call('ZADD', due, 'NX', at, id)
    end
  end
end
return new
