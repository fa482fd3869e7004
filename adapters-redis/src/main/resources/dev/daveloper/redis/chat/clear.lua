-- Forgets a session's messages and runs, and says which runs there were: their logs are the caller's to forget. The run
-- that was in the making is remembered for a day as one that nobody may put back.
-- KEYS: runs order messages cleared leases   ARGV: session
local said = {}
local active = redis.call('HGET', KEYS[1], 'active')
if active then
  redis.call('SADD', KEYS[4], active)
  redis.call('PEXPIRE', KEYS[4], 86400000)
  redis.call('ZREM', KEYS[5], ARGV[1] .. '/' .. active .. '/' .. redis.call('HGET', KEYS[1], active .. ':epoch'))
end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.match(field, '^run_%w+$') then said[#said + 1] = field end
end
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
return said
