-- Adds a batch to a run's log, as one entry whose id is the cursor of its last event. The epoch of the run's owner is
-- the fence: whoever has a lower one writes no more. Readers on other nodes are woken.
-- KEYS: runs log followers cleared
-- ARGV: moment run epoch first last events keepMillis logMillis session wakePrefix
local run = ARGV[2]
local known = redis.call('HMGET', KEYS[1], run .. ':epoch', run .. ':top', run .. ':ended')
if not known[1] then
  return {redis.call('SISMEMBER', KEYS[4], run) == 1 and 'cleared' or 'lost'}
end
local epoch = tonumber(ARGV[3])
if tonumber(known[1]) > epoch then return {'superseded'} end
if tonumber(known[1]) < epoch then redis.call('HSET', KEYS[1], run .. ':epoch', ARGV[3]) end

local top = topOf(known[2], ARGV[3])
local first, last = tonumber(ARGV[4]), tonumber(ARGV[5])
if first > top + 1 then return {'behind', digits(top)} end
if last > top and first <= top then return {'partly', digits(top)} end

if last > top then
  extend(KEYS[2], KEYS[1], run, ARGV[3], ARGV[4], ARGV[5], ARGV[6])
  if not known[2] or known[3] then redis.call('PEXPIRE', KEYS[2], known[3] and ARGV[8] or ARGV[7]) end
  return {'written', wake(KEYS[3], ARGV[1], ARGV[10], ARGV[9] .. '/' .. run)}
end
return {'written', #followers(KEYS[3], ARGV[1])}
