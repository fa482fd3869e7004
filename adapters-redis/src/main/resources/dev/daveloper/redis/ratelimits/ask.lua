-- Takes what all checks of a call want, or nothing at all when one refuses. One in shadow refuses nobody, and takes
-- nothing itself when it is over. Of a rate some more is taken ahead where that is wanted: what as many such calls cost
-- as fit into an eighth of what is left.
-- KEYS: of each check, what is taken of its rate or who holds its slots
-- ARGV: moment ticket leaseMillis, of each check: rate|slots cost most shadow ahead (all of a rate in microseconds)
local now = micros(ARGV[1])
local found, over, holds, refused = {}, {}, {}, false
for i, key in ipairs(KEYS) do
  local cost, most = tonumber(ARGV[5 * i]), tonumber(ARGV[5 * i + 1])
  if ARGV[5 * i - 1] == 'rate' then
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
  if over[i] and ARGV[5 * i + 2] == '0' then refused = true end
end

local said = {now}
for i, key in ipairs(KEYS) do
  local cost, ahead = tonumber(ARGV[5 * i]), 0
  if cost > 0 and not over[i] and not refused then
    if ARGV[5 * i - 1] == 'rate' then
      local till = math.max(found[i], now) + cost
      if ARGV[5 * i + 3] ~= '0' then
        local eighth = (now + ARGV[5 * i + 1] - till) / 8
        ahead = math.floor(math.min(ARGV[5 * i + 3], eighth) / cost) * cost
      end
      found[i] = note(key, till + ahead, now)
    else
      redis.call('ZADD', key, digits(now + ARGV[3] * 1000), ARGV[2])
      redis.call('PEXPIRE', key, ARGV[3] + 10000)
      if not holds[i] then found[i] = found[i] + 1 end
    end
  end
  said[3 * i - 1] = found[i]
  said[3 * i] = over[i] and 1 or 0
  said[3 * i + 1] = ahead
end
return said
