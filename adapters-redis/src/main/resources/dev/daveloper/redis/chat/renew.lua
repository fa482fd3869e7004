-- Prolongs the leases of one shard. Says of each how it stands: o(wned), f(ollowed), u(nwanted), m(issing).
-- KEYS: leases unwanted followers...   ARGV: moment leaseMillis (lease run)...
local now = moment(ARGV[1])
local said = {}
for i = 3, #KEYS do
  local lease, run = ARGV[2 * i - 3], ARGV[2 * i - 2]
  if not redis.call('ZSCORE', KEYS[1], lease) then
    said[i - 2] = 'm'
  else
    redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), lease)
    if redis.call('ZSCORE', KEYS[2], run) then
      said[i - 2] = 'u'
    else
      said[i - 2] = redis.call('ZCOUNT', KEYS[i], '(' .. digits(now), '+inf') > 0 and 'f' or 'o'
    end
  end
end
return said
