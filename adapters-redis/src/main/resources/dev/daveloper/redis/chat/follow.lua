-- Notes that a node follows a run, and says whether there is something behind the cursor or nothing can come.
-- KEYS: runs log followers   ARGV: moment run after node followMillis
local now = moment(ARGV[1])
redis.call('ZADD', KEYS[3], now + tonumber(ARGV[5]), ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', digits(now))
redis.call('PEXPIRE', KEYS[3], ARGV[5])
if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 then return {1} end
if #redis.call('XRANGE', KEYS[2], '(' .. ARGV[3], '+', 'COUNT', 1) > 0 then return {1} end
return {0}
