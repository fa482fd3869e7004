-- Ends a run: the rest of its log, its answer behind all that is there, the session's place free, the log on its way
-- out. Says which message was the last before the answer. Readers on other nodes are woken. A rest from 0 is none.
-- KEYS: runs order messages leases cleared unwanted log followers outbox outgoing
-- ARGV: run epoch messageId content session keepMillis logMillis endedMillis event told
--       moment first last events wakePrefix
local run = ARGV[1]
local known = redis.call('HMGET', KEYS[1], run, run .. ':epoch', run .. ':ended', 'active', run .. ':top')
if not known[1] then
  return {redis.call('SISMEMBER', KEYS[5], run) == 1 and 'cleared' or 'lost'}
end
if tonumber(known[2]) > tonumber(ARGV[2]) then return {'refused'} end
if known[3] then
  -- Perhaps said twice, because its teller was not answered the first time: who can open it sees whether it is the same.
  return {'ended', redis.call('HGET', KEYS[3], ARGV[3]) or ''}
end
if ARGV[12] ~= '0' then
  if tonumber(ARGV[12]) ~= topOf(known[5], ARGV[2]) + 1 then return {'behind'} end
  extend(KEYS[7], KEYS[1], run, ARGV[2], ARGV[12], ARGV[13], ARGV[14])
end
redis.call('HSET', KEYS[1], run .. ':epoch', ARGV[2], run .. ':ended', ARGV[8])
if known[4] == run then redis.call('HDEL', KEYS[1], 'active') end
local place = redis.call('HINCRBY', KEYS[1], 'messages', 1)
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0)[1]
redis.call('ZADD', KEYS[2], place, ARGV[3])
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
redis.call('ZREM', KEYS[4], ARGV[5] .. '/' .. run .. '/' .. ARGV[2])
redis.call('ZREM', KEYS[6], ARGV[5] .. '/' .. run)
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[6]) end
redis.call('PEXPIRE', KEYS[7], ARGV[7])
redis.call('PEXPIRE', KEYS[8], ARGV[7])
wake(KEYS[8], ARGV[11], ARGV[15], ARGV[5] .. '/' .. run)
tell(KEYS[9], KEYS[10], ARGV[9], ARGV[10])
return {'done', last or ''}
