-- The leases of one shard that have run out, the oldest first, each with when it did.
-- KEYS: leases   ARGV: moment max
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', digits(moment(ARGV[1])), 'WITHSCORES', 'LIMIT', 0, ARGV[2])
