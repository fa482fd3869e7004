-- Forgets what is left of a session that has ended.
-- KEYS: session expiries   ARGV: id
if redis.call('HEXISTS', KEYS[1], 'token') == 0 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return {}
