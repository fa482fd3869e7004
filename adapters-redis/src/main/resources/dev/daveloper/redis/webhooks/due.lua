-- Endpoints of one shard that have something due, and when something will be that is not yet.
-- KEYS: hooks   ARGV: nowMillis
local now = digits(tonumber(ARGV[1]))
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
local later = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
table.insert(found, 1, later[2] or '')
return found
