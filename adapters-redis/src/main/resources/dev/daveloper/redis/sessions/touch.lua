-- Notes a use that is newer than the last one noted, and says the token of the session.
-- KEYS: session expiries   ARGV: id lastSeenAt expiresMillis
local known = redis.call('HMGET', KEYS[1], 'token', 'seen')
if not known[1] or tonumber(known[2]) > tonumber(ARGV[2]) then return {} end
redis.call('HSET', KEYS[1], 'seen', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return {known[1]}
