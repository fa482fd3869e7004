-- Leaves an event that cannot be read for later: for as long again as it could not, within bounds. One that nobody could
-- for too long goes. Says what became of it.
-- KEYS: outbox outgoing   ARGV: id nowMillis shortestMillis longestMillis keepMillis
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return {'handed on'} end
local now = tonumber(ARGV[2])
local noted = ARGV[1] .. ':since'
redis.call('HSETNX', KEYS[2], noted, ARGV[2])
local since = tonumber(redis.call('HGET', KEYS[2], noted))
if now - since > tonumber(ARGV[5]) then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1], noted)
  return {'given up'}
end
local wait = math.min(math.max(now - since, tonumber(ARGV[3])), tonumber(ARGV[4]))
redis.call('ZADD', KEYS[1], digits(now + wait), ARGV[1])
return {'left for later'}
