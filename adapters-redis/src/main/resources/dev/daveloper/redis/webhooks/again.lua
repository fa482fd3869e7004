-- Makes a delivery due again: one that was claimed and not attempted, or one that somebody wants sent again.
-- KEYS: delivery due leased waiting sending delivered dead hooks   ARGV: id endpoint ticket momentNanos momentMillis keepMillis
local known = redis.call('HMGET', KEYS[1], 'state', 'ticket')
if not known[1] then return {0} end
if ARGV[3] ~= '' then
  if known[2] ~= ARGV[3] then return {0} end
else
  if known[1] == 'sending' then return {1} end
  redis.call('HSET', KEYS[1], 'failures', 0)
end
redis.call('HDEL', KEYS[1], 'ticket', 'death')
redis.call('HSET', KEYS[1], 'state', 'waiting', 'moment', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
for _, i in ipairs({3, 5, 6, 7}) do redis.call('ZREM', KEYS[i], ARGV[1]) end
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
redis.call('ZADD', KEYS[4], 0, ARGV[1])
soonest(KEYS[2], KEYS[3], KEYS[8], ARGV[2])
return {1}
