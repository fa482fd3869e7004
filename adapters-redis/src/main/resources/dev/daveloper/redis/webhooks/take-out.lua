-- An event was handed on.
-- KEYS: outbox outgoing   ARGV: id
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1], ARGV[1] .. ':since')
return {}
