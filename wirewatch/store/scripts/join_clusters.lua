-- Give each story of a batch its cluster: the one it has, else that of a story nearly the same, else its own.
-- ARGV[1] JSON: {window: seconds, least: equal signature places needed, places: places of a signature,
--   width: bytes of a place, stories: [{id, bands: [text], signed: bool}],
--   story, signature, band: key prefixes}
-- ARGV[2..] the signatures of the stories, as bytes ('' where a story is too short to be compared)
-- Reply: for each story {cluster, equal places, with the story it joined or itself}
-- Never seen half-done: two workers that meet the same new story in the same instant get one cluster.
-- The stories compared are found on the way, so their keys are not in KEYS (see the package's docstring).
local MOST_IN_BAND = 64  -- a band that everything falls into (a shared boilerplate) tells nothing
local batch = cjson.decode(ARGV[1])
local function equal_places(a, b)
  local equal = 0
  for at = 1, batch.places * batch.width, batch.width do
    if string.sub(a, at, at + batch.width - 1) == string.sub(b, at, at + batch.width - 1) then
      equal = equal + 1
    end
  end
  return equal
end
local reply = {}
for i, story in ipairs(batch.stories) do
  local key = batch.story .. story.id
  local cluster = redis.call('HGET', key, 'cluster')
  local best, with = 0, story.id
  -- Alone until now for want of a fingerprint: edited, it matches, and may be a copy after all.
  if cluster == story.id and story.signed and redis.call('EXISTS', batch.signature .. story.id) == 0 then
    cluster = false
  end
  if not cluster then
    local signature = ARGV[i + 1]
    if story.signed then
      local met = {}
      for _, band in ipairs(story.bands) do
        for _, other in ipairs(redis.call('SMEMBERS', batch.band .. band)) do
          if met[other] == nil then
            local theirs = redis.call('GET', batch.signature .. other)
            met[other] = theirs and true or false
            local equal = theirs and equal_places(signature, theirs) or 0
            -- Ties go to the smaller id, so that a repeated run chooses the same.
            if equal >= batch.least and (equal > best or (equal == best and other < with)) then
              local theirs_cluster = redis.call('HGET', batch.story .. other, 'cluster')
              if theirs_cluster then
                best, with, cluster = equal, other, theirs_cluster
              end
            end
          end
          -- Past the window. A band that is always in use would else be full of such for ever.
          if not met[other] then redis.call('SREM', batch.band .. band, other) end
        end
      end
      redis.call('SET', batch.signature .. story.id, signature, 'EX', batch.window)
      for _, band in ipairs(story.bands) do
        local band_key = batch.band .. band
        if redis.call('SCARD', band_key) < MOST_IN_BAND then
          redis.call('SADD', band_key, story.id)
        end
        redis.call('EXPIRE', band_key, batch.window)
      end
    end
    cluster = cluster or story.id
    redis.call('HSET', key, 'cluster', cluster)
    redis.call('EXPIRE', key, batch.window)
  end
  reply[i] = { cluster, best, with }
end
return reply
