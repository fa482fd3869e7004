-- Gives back deliveries that were claimed and cannot be read: due later, and with what they took of the endpoint's rate.
-- KEYS: due leased waiting sending standing hooks
-- ARGV: endpoint deliveries perSecond; of each: id ticket dueNanos dueMillis
local given = 0
for i = 4, #ARGV, 4 do
  local id = ARGV[i]
  local name = ARGV[2] .. id
  if redis.call('HGET', name, 'ticket') == ARGV[i + 1] then
    given = given + 1
    redis.call('HDEL', name, 'ticket')
    redis.call('HSET', name, 'state', 'waiting', 'moment', ARGV[i + 2])
    redis.call('ZREM', KEYS[2], id)
    redis.call('ZREM', KEYS[4], id)
    redis.call('ZADD', KEYS[1], ARGV[i + 3], id)
    redis.call('ZADD', KEYS[3], 0, id)
  end
end
if ARGV[3] ~= '' and given > 0 then
  local taken = tonumber(redis.call('HGET', KEYS[5], 'taken') or 0)
  redis.call('HSET', KEYS[5], 'taken', digits(taken - given * 1000000 / tonumber(ARGV[3])))
end
soonest(KEYS[1], KEYS[2], KEYS[6], ARGV[1])
return {given}
