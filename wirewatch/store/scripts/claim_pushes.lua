-- The oldest push of each source in a shard's inboxes, with what is known of its source.
-- KEYS[1] bytes in all inboxes   KEYS[3i-1] inbox of a partition   KEYS[3i] its order
-- KEYS[3i+1] sources of the partition
-- ARGV[1] how many at most   ARGV[2] how many bytes, unless the first alone is larger
-- ARGV[3] prefix of the sources' hashes   ARGV[4..] sources of which a push is in hand already
-- Reply: for each {push id, the push, the hash of its source, flat}
-- Never seen half-done: a push stays in the inbox, and comes again to whoever asks next, until its entries are
-- recorded; what its source's removal left behind goes.
-- A push id begins with its source's, so that no push is loaded which is not claimed.
local claimed, size = {}, 0
if tonumber(redis.call('GET', KEYS[1]) or '0') <= 0 then return claimed end
local in_hand = {}
for i = 4, #ARGV do in_hand[ARGV[i]] = true end
local most, room = tonumber(ARGV[1]), tonumber(ARGV[2])
for i = 2, #KEYS, 3 do
  for _, id in ipairs(redis.call('ZRANGE', KEYS[i + 1], 0, -1)) do
    if #claimed >= most or size >= room then return claimed end
    local source = string.match(id, '^[^:]*')
    if not in_hand[source] then
      local length = redis.call('HSTRLEN', KEYS[i], id)
      if redis.call('SISMEMBER', KEYS[i + 2], source) == 0 then
        redis.call('HDEL', KEYS[i], id)
        redis.call('ZREM', KEYS[i + 1], id)
        redis.call('DECRBY', KEYS[1], length)
      else
        -- Whether there is room for its oldest or not: a source's pushes are read in their order.
        in_hand[source] = true
        if size == 0 or size + length <= room then
          size = size + length
          claimed[#claimed + 1] =
            { id, redis.call('HGET', KEYS[i], id), redis.call('HGETALL', ARGV[3] .. source) }
        end
      end
    end
  end
end
return claimed
