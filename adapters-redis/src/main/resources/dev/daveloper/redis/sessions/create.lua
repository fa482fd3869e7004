-- Notes a session with the hash of its token.
-- KEYS: session expiries counts outbox outgoing   ARGV: id token createdAt lastSeenAt expiresMillis keepMillis event told
if redis.call('EXISTS', KEYS[1]) == 1 then return {} end
redis.call('HSET', KEYS[1], 'token', ARGV[2], 'created', ARGV[3], 'seen', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
redis.call('HINCRBY', KEYS[3], 'opened', 1)
tell(KEYS[4], KEYS[5], ARGV[7], ARGV[8])
return {}
