-- Takes back a run that nobody makes, unless somebody waits for it. Its idempotency key is free without it.
-- KEYS: runs order messages leases   ARGV: run messageId session
local run = ARGV[1]
local known = redis.call('HMGET', KEYS[1], run, run .. ':epoch', run .. ':ended', run .. ':attached', 'active')
if not known[1] or known[2] ~= '1' or known[3] or known[4] then return {} end
redis.call('HDEL', KEYS[1], 'of:' .. ARGV[2], run, run .. ':epoch', run .. ':top')
if known[5] == run then redis.call('HDEL', KEYS[1], 'active') end
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('HDEL', KEYS[3], ARGV[2])
redis.call('ZREM', KEYS[4], ARGV[3] .. '/' .. run .. '/1')
return {}
