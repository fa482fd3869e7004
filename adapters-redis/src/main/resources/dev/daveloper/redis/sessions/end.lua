-- Ends a session once, and says its token.
-- KEYS: session expiries counts outbox outgoing   ARGV: id how forgetMillis event told
local token = redis.call('HGET', KEYS[1], 'token')
if not token then return {} end
redis.call('HDEL', KEYS[1], 'token')
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
tell(KEYS[4], KEYS[5], ARGV[4], ARGV[5])
return {token}
