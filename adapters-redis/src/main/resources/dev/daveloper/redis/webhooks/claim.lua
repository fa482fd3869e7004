-- Takes deliveries that are due. What a dead node had claimed is due again by when its lease ended.
-- KEYS: due leased waiting sending standing hooks
-- ARGV: nowMillis max perSecond untilMillis untilNanos ticket endpoint deliveries
local now = tonumber(ARGV[1])
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', digits(now), 'LIMIT', 0, 1000)) do
  local till = redis.call('ZSCORE', KEYS[2], id)
  redis.call('ZREM', KEYS[2], id)
  redis.call('ZREM', KEYS[4], id)
  if redis.call('EXISTS', ARGV[8] .. id) == 1 then
    redis.call('ZADD', KEYS[1], till, id)
    redis.call('ZADD', KEYS[3], 0, id)
    redis.call('HSET', ARGV[8] .. id, 'state', 'waiting', 'moment', digits(tonumber(till)) .. '000000')
    redis.call('HDEL', ARGV[8] .. id, 'ticket')
  end
end
local max = tonumber(ARGV[2])
local taken = now * 1000
local each = 0
if ARGV[3] ~= '' then
  each = 1000000 / tonumber(ARGV[3])
  local noted = tonumber(redis.call('HGET', KEYS[5], 'taken') or 0)
  -- A clock that was put back must not lock an endpoint out.
  taken = math.min(math.max(noted, taken), taken + 1000000)
  max = math.min(max, math.floor((now * 1000 + 1000000 - taken) / each + 0.001))
end
local found = {}
local count = 0
if max > 0 then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', digits(now), 'LIMIT', 0, max)) do
    local name = ARGV[8] .. id
    local known = redis.call('HMGET', name, 'event', 'attempted', 'failures', 'eventId')
    redis.call('ZREM', KEYS[1], id)
    redis.call('ZREM', KEYS[3], id)
    if known[1] then
      count = count + 1
      local ticket = ARGV[6] .. '-' .. count
      redis.call('HSET', name, 'state', 'sending', 'moment', ARGV[5], 'ticket', ticket)
      redis.call('ZADD', KEYS[2], ARGV[4], id)
      redis.call('ZADD', KEYS[4], 0, id)
      for _, part in ipairs({id, known[4], known[1], known[2], known[3], ticket}) do found[#found + 1] = part end
    end
  end
end
if each > 0 and count > 0 then redis.call('HSET', KEYS[5], 'taken', digits(taken + each * count)) end
soonest(KEYS[1], KEYS[2], KEYS[6], ARGV[7])
return found
