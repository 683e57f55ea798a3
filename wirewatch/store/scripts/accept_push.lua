-- A push whose signature is right is taken in.
-- KEYS[1] inbox of its partition   KEYS[2] its order   KEYS[3] bytes in all inboxes
-- KEYS[4] sources of the partition   KEYS[5] counters
-- ARGV[1] push id, which begins with the source's and a colon   ARGV[2] the push   ARGV[3] source id
-- ARGV[4] now, ms   ARGV[5] most bytes in all inboxes
-- ARGV[6] most pushes in this one   ARGV[7] the channel that wakes the crawler   ARGV[8] the partition
-- Reply: 'taken'; 'gone' where its source is watched no more; 'full' where it must come again
-- Never seen half-done: what is answered 'taken' is in the inbox until its entries are recorded. A push that
-- comes twice before it is read is one.
if redis.call('SISMEMBER', KEYS[4], ARGV[3]) == 0 then return 'gone' end
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  local held = tonumber(redis.call('GET', KEYS[3]) or '0')
  if held + #ARGV[2] > tonumber(ARGV[5]) or redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then
    redis.call('HINCRBY', KEYS[5], 'pushes_put_off', 1)
    return 'full'
  end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
  redis.call('INCRBY', KEYS[3], #ARGV[2])
  redis.call('HINCRBY', KEYS[5], 'pushes', 1)
end
redis.call('PUBLISH', ARGV[7], ARGV[8])
return 'taken'
