-- Where the owner of a lease stands that is not among the leases.
-- KEYS: runs cleared leases   ARGV: moment run epoch lease leaseMillis
local run = ARGV[2]
local known = redis.call('HMGET', KEYS[1], run .. ':epoch', run .. ':ended')
if not known[1] then
  return {redis.call('SISMEMBER', KEYS[2], run) == 1 and 'cleared' or 'lost'}
end
if tonumber(known[1]) > tonumber(ARGV[3]) then return {'superseded'} end
if known[2] then return {'over'} end
-- The lease alone was lost.
redis.call('ZADD', KEYS[3], moment(ARGV[1]) + tonumber(ARGV[5]), ARGV[4])
return {'owned'}
