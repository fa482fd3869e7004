-- Notes an attempt and what comes next, if the claim still holds; says the endpoint's streak of failures then.
-- KEYS: delivery due leased waiting sending delivered dead standing hour hooks
-- ARGV: id endpoint ticket attempt number next momentNanos momentMillis death trouble latency succeeded endedNanos
--       endedMillis hourMillis several apartMillis maxAttempts maxOver deliveries keepMillis
if redis.call('HGET', KEYS[1], 'ticket') ~= ARGV[3] then return {} end
redis.call('HDEL', KEYS[1], 'ticket', 'a' .. digits(tonumber(ARGV[5]) - tonumber(ARGV[18])))
redis.call('HSET', KEYS[1], 'a' .. ARGV[5], ARGV[4], 'state', ARGV[6], 'moment', ARGV[7])
redis.call('HINCRBY', KEYS[1], 'attempted', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[21])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[5], ARGV[1])
local over
if ARGV[6] == 'waiting' then
  redis.call('HINCRBY', KEYS[1], 'failures', 1)
  redis.call('ZADD', KEYS[2], ARGV[8], ARGV[1])
  redis.call('ZADD', KEYS[4], 0, ARGV[1])
elseif ARGV[6] == 'delivered' then
  over = KEYS[6]
else
  redis.call('HSET', KEYS[1], 'death', ARGV[9])
  over = KEYS[7]
end
if over then
  redis.call('ZADD', over, 0, ARGV[1])
  redis.call('HINCRBY', KEYS[9], ARGV[6], 1)
  trim(over, ARGV[20], ARGV[19])
end
redis.call('HINCRBY', KEYS[9], 'trouble:' .. ARGV[10], 1)
redis.call('HINCRBY', KEYS[9], 'latency:' .. ARGV[11], 1)
redis.call('PEXPIRE', KEYS[9], ARGV[15])
soonest(KEYS[2], KEYS[3], KEYS[10], ARGV[2])
if ARGV[12] == '1' then
  redis.call('HDEL', KEYS[8], 'first', 'firstMillis', 'failures', 'certain')
  return {'', 0, ''}
end
redis.call('HSETNX', KEYS[8], 'first', ARGV[13])
redis.call('HSETNX', KEYS[8], 'firstMillis', ARGV[14])
redis.call('HSET', KEYS[8], 'lastFailure', ARGV[4])
local failures = redis.call('HINCRBY', KEYS[8], 'failures', 1)
local first = redis.call('HMGET', KEYS[8], 'first', 'firstMillis')
if failures >= tonumber(ARGV[16]) and tonumber(ARGV[14]) >= tonumber(first[2]) + tonumber(ARGV[17]) then
  redis.call('HSETNX', KEYS[8], 'certain', ARGV[13])
end
return {first[1], failures, redis.call('HGET', KEYS[8], 'certain') or ''}
