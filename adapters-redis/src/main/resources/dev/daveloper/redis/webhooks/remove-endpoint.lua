-- Removes an endpoint of this version.
-- KEYS: webhooks   ARGV: id version
if redis.call('HGET', KEYS[1], ARGV[1] .. ':version') ~= ARGV[2] then return {0} end
redis.call('HDEL', KEYS[1], ARGV[1], ARGV[1] .. ':version')
return {1}
