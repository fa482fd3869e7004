-- Makes a delivery of an event for an endpoint, due now; dead from the start where too many wait.
-- KEYS: delivery due leased waiting dead hour hooks
-- ARGV: id endpoint event nowNanos nowMillis maxWaiting keepMillis hourMillis death eventId maxOver deliveries
--       type
if redis.call('EXISTS', KEYS[1]) == 1 then return {0} end
redis.call('HSET', KEYS[1], 'endpoint', ARGV[2], 'event', ARGV[3], 'eventId', ARGV[10], 'type', ARGV[13],
  'created', ARGV[4], 'moment', ARGV[4], 'attempted', 0, 'failures', 0, 'state', 'waiting')
redis.call('PEXPIRE', KEYS[1], ARGV[7])
if redis.call('ZCARD', KEYS[2]) + redis.call('ZCARD', KEYS[3]) < tonumber(ARGV[6]) then
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
  redis.call('ZADD', KEYS[4], 0, ARGV[1])
else
  redis.call('HSET', KEYS[1], 'state', 'dead', 'death', ARGV[9])
  redis.call('ZADD', KEYS[5], 0, ARGV[1])
  redis.call('HINCRBY', KEYS[6], 'dead', 1)
  redis.call('PEXPIRE', KEYS[6], ARGV[8])
  trim(KEYS[5], ARGV[12], ARGV[11])
end
soonest(KEYS[2], KEYS[3], KEYS[7], ARGV[2])
return {1}
