-- Part of door B: an entry has left the crawler.
-- KEYS[1] fetching   KEYS[2] frontier   KEYS[3] entries   KEYS[4] tries, of its partition
-- ARGV[1] entry id
-- Reply: 1
-- Never seen half-done: sent in the MULTI that stores the page and its job. An entry that was edited
-- while its page was fetched is on the frontier again, and stays.
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then redis.call('HDEL', KEYS[3], ARGV[1]) end
return 1
