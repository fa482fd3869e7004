-- The record by which a session is found.
-- KEYS: token   ARGV: id createdAt lastSeenAt keepMillis
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'created', ARGV[2], 'seen', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {}
