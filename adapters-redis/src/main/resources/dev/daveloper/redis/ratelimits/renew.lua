-- Holds slots for another while, those too that had run out.
-- KEYS: who holds each   ARGV: moment leaseMillis, for each key: ticket
local till = digits(micros(ARGV[1]) + ARGV[2] * 1000)
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, till, ARGV[i + 2])
  redis.call('PEXPIRE', key, ARGV[2] + 10000)
end
return {}
