-- Notes a use that is newer than the last one noted, and says the token of the session. Its conversation lives as long.
-- KEYS: session expiries runs order messages   ARGV: id lastSeenAt expiresMillis keepMillis
local known = redis.call('HMGET', KEYS[1], 'token', 'seen')
if not known[1] or tonumber(known[2]) > tonumber(ARGV[2]) then return {} end
redis.call('HSET', KEYS[1], 'seen', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
for _, i in ipairs({1, 3, 4, 5}) do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
return {known[1]}
