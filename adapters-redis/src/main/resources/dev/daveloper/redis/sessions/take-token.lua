-- Makes a token worthless in favour of the one that replaces it; of several who try one succeeds, however often it asks.
-- KEYS: token   ARGV: next
local known = redis.call('HMGET', KEYS[1], 'id', 'created', 'next')
if not known[1] then return {} end
if known[3] and known[3] ~= ARGV[1] then return {} end
redis.call('HSET', KEYS[1], 'next', ARGV[1])
redis.call('PEXPIRE', KEYS[1], 60000)
return {known[1], known[2]}
