-- The oldest pushes of a shard's inboxes, each with what is known of its source.
-- KEYS[1] bytes in all inboxes   KEYS[3i-1] inbox of a partition   KEYS[3i] its order
-- KEYS[3i+1] sources of the partition
-- ARGV[1] how many at most   ARGV[2] how many bytes, unless the first alone is larger
-- ARGV[3] prefix of the sources' hashes   ARGV[4..] pushes that are in hand already
-- Reply: for each {push id, the push, the hash of its source, flat}
-- Never seen half-done: a push stays in the inbox, and comes again to whoever asks next, until its entries are
-- recorded; what its source's removal left behind goes.
local claimed, size = {}, 0
if tonumber(redis.call('GET', KEYS[1]) or '0') <= 0 then return claimed end
local in_hand = {}
for i = 4, #ARGV do in_hand[ARGV[i]] = true end
local most, room = tonumber(ARGV[1]), tonumber(ARGV[2])
for i = 2, #KEYS, 3 do
  for _, id in ipairs(redis.call('ZRANGE', KEYS[i + 1], 0, most + #ARGV - 4)) do
    if #claimed >= most or size >= room then return claimed end
    if not in_hand[id] then
      local push = redis.call('HGET', KEYS[i], id) or ''
      local source = string.match(push, '^[^\n]*')
      if redis.call('SISMEMBER', KEYS[i + 2], source) == 0 then
        redis.call('HDEL', KEYS[i], id)
        redis.call('ZREM', KEYS[i + 1], id)
        redis.call('DECRBY', KEYS[1], #push)
      elseif size == 0 or size + #push <= room then
        size = size + #push
        claimed[#claimed + 1] = { id, push, redis.call('HGETALL', ARGV[3] .. source) }
      end
    end
  end
end
return claimed
