-- Takes one run over whose lease has run out.
-- KEYS: leases runs   ARGV: moment lease run epoch session leaseMillis
local now = moment(ARGV[1])
local till = redis.call('ZSCORE', KEYS[1], ARGV[2])
if not till or tonumber(till) > now then return {} end
redis.call('ZREM', KEYS[1], ARGV[2])
local run = ARGV[3]
local known = redis.call('HMGET', KEYS[2], run, run .. ':epoch', run .. ':ended')
if not known[1] or known[3] then return {} end
local epoch = digits(math.max(tonumber(known[2]), tonumber(ARGV[4])) + 1)
redis.call('HSET', KEYS[2], run .. ':epoch', epoch)
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[6]), ARGV[5] .. '/' .. run .. '/' .. epoch)
return {known[1], epoch}
