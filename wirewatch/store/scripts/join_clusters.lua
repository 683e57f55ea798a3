-- Give each story of a batch its cluster: the one it has, else that of a story nearly the same, else its own.
-- ARGV[1] JSON: {window: seconds, title_window: seconds, how alike is alike enough (see Alike),
--   stories: [{id, source, bands: [text], words, numbers: how many, title: a hash or ''}],
--   story, signature, band, title: key prefixes}
-- ARGV[2..] the signatures of the stories, as bytes: the words' places, then the numbers' where it has
--   enough of them ('' where a story is too short to be compared)
-- Reply: for each story {cluster, equal places, with the story it joined or itself}
-- Never seen half-done: two workers that meet the same new story in the same instant get one cluster.
-- The stories compared are found on the way, so their keys are not in KEYS (see the package's docstring).
local MOST_IN_BAND = 64  -- a band that everything falls into (a shared boilerplate) tells nothing
local batch = cjson.decode(ARGV[1])
local words_end = batch.places * batch.width
local numbers_end = words_end + batch.number_places * batch.width

local function equal_places(a, b, from, to)
  local equal = 0
  for at = from, to, batch.width do
    if string.sub(a, at, at + batch.width - 1) == string.sub(b, at, at + batch.width - 1) then
      equal = equal + 1
    end
  end
  return equal
end

-- The part of the smaller of two sets that the larger has too, from their Jaccard similarity.
local function contained(similarity, a, b)
  return similarity * (a + b) / (1 + similarity) / math.min(a, b)
end

-- How many places are equal, if that makes the two stories one; else 0; nil where the other is forgotten.
local function alike(story, signature, other)
  local theirs = redis.call('GET', batch.signature .. other)
  if not theirs then return nil end
  local equal = equal_places(signature, theirs, 1, words_end)
  if equal < batch.least_cut then return 0 end
  local known = redis.call('HMGET', batch.story .. other, 'source', 'words', 'numbers')
  local numbered = #signature == numbers_end and #theirs == numbers_end
  if numbered then
    local same = equal_places(signature, theirs, words_end + 1, numbers_end) / batch.number_places
    -- Reports of one template differ in their figures; a copy has the original's, or some of them.
    if contained(same, story.numbers, tonumber(known[3])) < batch.numbers_contained then return 0 end
  end
  if known[1] == story.source then return equal >= batch.least_within and equal or 0 end
  if equal >= batch.least then return equal end
  -- A copy that was cut: it has little of the original, and the original all of it.
  if numbered and contained(equal / batch.places, story.words, tonumber(known[2])) >= batch.words_contained then
    return equal
  end
  return 0
end

local reply = {}
for i, story in ipairs(batch.stories) do
  local key = batch.story .. story.id
  local signature = ARGV[i + 1]
  local signed = signature ~= ''
  local cluster = redis.call('HGET', key, 'cluster')
  local best, with = 0, story.id
  -- Alone until now for want of a fingerprint: edited, it matches, and may be a copy after all.
  if cluster == story.id and signed and redis.call('EXISTS', batch.signature .. story.id) == 0 then
    cluster = false
  end
  if not cluster then
    if signed then
      local met = {}
      for _, band in ipairs(story.bands) do
        for _, other in ipairs(redis.call('SMEMBERS', batch.band .. band)) do
          if met[other] == nil then
            local equal = alike(story, signature, other)
            met[other] = equal ~= nil
            -- Ties go to the smaller id, so that a repeated run chooses the same.
            if equal and equal > 0 and (equal > best or (equal == best and other < with)) then
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
    if story.title ~= '' then
      local title_key = batch.title .. story.title
      local other = redis.call('GET', title_key)
      -- Where one of the two could not be read, another outlet's story under the very same headline is it.
      if other and other ~= story.id and not cluster
        and (not signed or redis.call('EXISTS', batch.signature .. other) == 0)
        and redis.call('HGET', batch.story .. other, 'source') ~= story.source then
        cluster, with = redis.call('HGET', batch.story .. other, 'cluster'), other
      end
      redis.call('SET', title_key, story.id, 'EX', batch.title_window, 'NX')
    end
    cluster = cluster or story.id
    redis.call('HSET', key, 'cluster', cluster, 'source', story.source,
      'words', story.words, 'numbers', story.numbers)
    redis.call('EXPIRE', key, batch.window)
  end
  reply[i] = { cluster, best, with }
end
return reply
