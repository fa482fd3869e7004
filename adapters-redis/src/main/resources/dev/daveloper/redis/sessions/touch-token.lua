-- The same in the record that is found by the token.
-- KEYS: token   ARGV: lastSeenAt keepMillis
local seen = redis.call('HGET', KEYS[1], 'seen')
if seen and tonumber(seen) <= tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'seen', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return {}
