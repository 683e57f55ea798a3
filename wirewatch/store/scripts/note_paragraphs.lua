-- What some outlets' stories of late carry, and these stories noted among them.
-- KEYS[1..] furniture of each site
-- ARGV[1] now, seconds   ARGV[2] how long a story is remembered, seconds   ARGV[3] how many of a site
-- ARGV[4] a site that has so many forgets its oldest for a new one only so often, seconds
-- ARGV[5..] for each story three: which of KEYS, story id, its value but for the time
-- Reply: for each site {story id, value, …} as it was before; a value begins with its time, 4 bytes
-- Never seen half-done: workers that note the same story, at once or again, have it counted once.
local now, keep, most, pause = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local sites, reply = {}, {}
for i, key in ipairs(KEYS) do
  local times, known = {}, {}
  local found = redis.call('HGETALL', key)
  for at = 1, #found, 2 do
    local noted = struct.unpack('>I4', found[at + 1])
    if noted + keep > now then
      times[found[at]] = noted
      known[#known + 1] = found[at]
      known[#known + 1] = found[at + 1]
    else
      redis.call('HDEL', key, found[at])
    end
  end
  sites[i] = { times = times, count = #known / 2 }
  reply[i] = known
end

-- Makes room for a story of a site; false if that has as many as it may, and noted one just now.
local function make_room(site, key)
  if site.count < most then return true end
  local oldest, newest
  for id, noted in pairs(site.times) do
    if not newest or noted > newest then newest = noted end
    -- Ties go to the smaller id, so that replicas forget the same.
    if not oldest or noted < site.times[oldest] or (noted == site.times[oldest] and id < oldest) then
      oldest = id
    end
  end
  if newest + pause > now then return false end
  redis.call('HDEL', key, oldest)
  site.times[oldest] = nil
  site.count = site.count - 1
  return true
end

for at = 5, #ARGV, 3 do
  local i = tonumber(ARGV[at])
  local site, key, id = sites[i], KEYS[i], ARGV[at + 1]
  local noted = site.times[id]  -- a story that is read again keeps its place
  if noted or make_room(site, key) then
    if not noted then
      site.count = site.count + 1
    end
    site.times[id] = noted or now
    redis.call('HSET', key, id, struct.pack('>I4', site.times[id]) .. ARGV[at + 2])
    redis.call('EXPIRE', key, keep)
  end
end
return reply
