-- Entries that a job was given and that have no page: decided before, and perhaps swept meanwhile.
-- KEYS[1] stories waiting   KEYS[2] story jobs   KEYS[3] story attempts
-- ARGV[1] prefix of the pages   ARGV[2..] entry ids
-- Reply: how many were forgotten
-- Never seen half-done: an entry whose page came in this instant is kept.
local forgotten = 0
for i = 2, #ARGV do
  if redis.call('EXISTS', ARGV[1] .. ARGV[i]) == 0 then
    redis.call('ZREM', KEYS[1], ARGV[i])
    redis.call('HDEL', KEYS[2], ARGV[i])
    redis.call('HDEL', KEYS[3], ARGV[i])
    forgotten = forgotten + 1
  end
end
return forgotten
