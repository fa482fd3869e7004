-- Puts back a run that was lost, with its message behind all that is there.
-- KEYS: runs order messages leases cleared
-- ARGV: moment run text messageId content session leaseMillis keepMillis epoch
local run = ARGV[2]
if redis.call('HEXISTS', KEYS[1], run) == 1 or redis.call('SISMEMBER', KEYS[5], run) == 1 then return {} end
redis.call('HSET', KEYS[1], run, ARGV[3], run .. ':epoch', ARGV[9], 'of:' .. ARGV[4], run)
redis.call('HSETNX', KEYS[1], 'active', run)
local place = redis.call('HINCRBY', KEYS[1], 'messages', 1)
redis.call('ZADD', KEYS[2], 'NX', place, ARGV[4])
redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
redis.call('ZADD', KEYS[4], moment(ARGV[1]) + tonumber(ARGV[7]), ARGV[6] .. '/' .. run .. '/' .. ARGV[9])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[8]) end
return {}
