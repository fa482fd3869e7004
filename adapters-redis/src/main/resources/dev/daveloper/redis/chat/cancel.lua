-- Notes that a run is to end. What was noted for runs that nobody ends any more goes after an hour.
-- KEYS: runs unwanted   ARGV: moment run session
if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 or redis.call('HEXISTS', KEYS[1], ARGV[2] .. ':ended') == 1 then
  return {}
end
local now = moment(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 3600000)
redis.call('ZADD', KEYS[2], 'NX', now, ARGV[3] .. '/' .. ARGV[2])
return {}
