-- Ends a session once, and says its token.
-- KEYS: session expiries counts   ARGV: id how forgetMillis
local token = redis.call('HGET', KEYS[1], 'token')
if not token then return {} end
redis.call('HDEL', KEYS[1], 'token')
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
return {token}
