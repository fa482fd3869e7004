-- Accepts a message: run, message, the session's place, the idempotency key and the lease, or nothing of it. Says which
-- message was the last before it, and how many there are now.
-- KEYS: runs order messages leases [key]
-- ARGV: moment run text messageId content session leaseMillis keepMillis maxMessages
--       [fingerprint keyMillis keysForgottenBeforeMillis]
local now = moment(ARGV[1])
local run = ARGV[2]
local text = redis.call('HGET', KEYS[1], run)
if text then return {'started'} end

if KEYS[5] then
  local used = redis.call('HMGET', KEYS[5], 'run', 'at', 'fingerprint')
  if used[1] and tonumber(used[2]) >= tonumber(ARGV[12]) then
    local earlier = redis.call('HGET', KEYS[1], used[1])
    if earlier then
      -- Whoever attaches waits for this run's ending: it is not withdrawn any more.
      redis.call('HSET', KEYS[1], used[1] .. ':attached', '1')
      return {'attached', used[1], earlier, used[3]}
    end
  end
end

local active = redis.call('HGET', KEYS[1], 'active')
if active then return {'busy', active} end

redis.call('HSET', KEYS[1], run, ARGV[3], run .. ':epoch', '1', 'active', run, 'of:' .. ARGV[4], run)
local place = redis.call('HINCRBY', KEYS[1], 'messages', 1)
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0)[1]
redis.call('ZADD', KEYS[2], place, ARGV[4])
redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
redis.call('ZADD', KEYS[4], now + tonumber(ARGV[7]), ARGV[6] .. '/' .. run .. '/1')
if KEYS[5] then
  redis.call('DEL', KEYS[5])
  redis.call('HSET', KEYS[5], 'run', run, 'at', digits(now), 'fingerprint', ARGV[10])
  redis.call('PEXPIRE', KEYS[5], ARGV[11])
end

-- The oldest messages make room, for the answer as well, and a run is forgotten with its question.
while redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[9]) do
  local oldest = redis.call('ZPOPMIN', KEYS[2])[1]
  redis.call('HDEL', KEYS[3], oldest)
  local of = redis.call('HGET', KEYS[1], 'of:' .. oldest)
  if of then
    redis.call('HDEL', KEYS[1], 'of:' .. oldest, of, of .. ':epoch', of .. ':top', of .. ':ended', of .. ':attached')
  end
end
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[8]) end
return {'started', last or '', redis.call('ZCARD', KEYS[2])}
