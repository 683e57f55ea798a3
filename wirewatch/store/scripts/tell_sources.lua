-- What is known of some sources, in one command: packing a command takes a client longer than reading a hash.
-- KEYS hashes of sources
-- ARGV the fields that are wanted
-- Reply: for each source its fields' values in their order, nil where there is none
-- Never seen half-done: a source's fields are those of one moment. Nothing is written.
local told = {}
for i, source in ipairs(KEYS) do told[i] = redis.call('HMGET', source, unpack(ARGV)) end
return told
