-- Takes what all checks of a call want, or nothing at all when one refuses. One in shadow refuses nobody, and takes
-- nothing itself when it is over.
-- KEYS: of each check, what is taken of its rate or who holds its slots
-- ARGV: moment ticket leaseMillis, of each check: rate|slots cost most shadow (cost and most of a rate in microseconds)
local now = micros(ARGV[1])
local found, over, holds, refused = {}, {}, {}, false
for i, key in ipairs(KEYS) do
  local cost, most = tonumber(ARGV[4 * i + 1]), tonumber(ARGV[4 * i + 2])
  if ARGV[4 * i] == 'rate' then
    found[i] = taken(key, now)
    over[i] = math.max(found[i], now) + cost - most > now
  else
    redis.call('ZREMRANGEBYSCORE', key, '-inf', digits(now))
    -- Held by a clock that was put back since.
    redis.call('ZREMRANGEBYSCORE', key, digits(now + ARGV[3] * 1000 + 60000000), '+inf')
    found[i] = redis.call('ZCARD', key)
    holds[i] = redis.call('ZSCORE', key, ARGV[2])
    over[i] = found[i] >= most and not holds[i]
  end
  if over[i] and ARGV[4 * i + 3] == '0' then refused = true end
end

local said = {now}
for i, key in ipairs(KEYS) do
  local cost = tonumber(ARGV[4 * i + 1])
  if cost > 0 and not over[i] and not refused then
    if ARGV[4 * i] == 'rate' then
      found[i] = note(key, math.max(found[i], now) + cost, now)
    else
      redis.call('ZADD', key, digits(now + ARGV[3] * 1000), ARGV[2])
      redis.call('PEXPIRE', key, ARGV[3] + 10000)
      if not holds[i] then found[i] = found[i] + 1 end
    end
  end
  said[2 * i] = found[i]
  said[2 * i + 1] = over[i] and 1 or 0
end
return said
