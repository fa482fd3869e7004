-- Notes a session's new token, unless the session has ended. Its conversation lives as long.
-- KEYS: session expiries runs order messages   ARGV: id token next lastSeenAt expiresMillis keepMillis
local token = redis.call('HGET', KEYS[1], 'token')
if not token or (token ~= ARGV[2] and token ~= ARGV[3]) then return {0} end
redis.call('HSET', KEYS[1], 'token', ARGV[3], 'seen', ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
for _, i in ipairs({1, 3, 4, 5}) do redis.call('PEXPIRE', KEYS[i], ARGV[6]) end
return {1}
