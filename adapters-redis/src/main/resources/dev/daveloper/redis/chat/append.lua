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

local top = 0
if known[2] then
  local of, seq = string.match(known[2], '^(%d+)-(%d+)$')
  if tonumber(of) == epoch then top = tonumber(seq) end
end
local first, last = tonumber(ARGV[4]), tonumber(ARGV[5])
if first > top + 1 then return {'behind', digits(top)} end
if last > top and first <= top then return {'partly', digits(top)} end

if last > top then
  local id = ARGV[3] .. '-' .. ARGV[5]
  redis.call('XADD', KEYS[2], id, 'first', ARGV[4], 'events', ARGV[6])
  redis.call('HSET', KEYS[1], run .. ':top', id)
  if not known[2] or known[3] then redis.call('PEXPIRE', KEYS[2], known[3] and ARGV[8] or ARGV[7]) end
end
local nodes = redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. digits(moment(ARGV[1])), '+inf')
if last > top then
  for _, node in ipairs(nodes) do redis.call('PUBLISH', ARGV[10] .. node, ARGV[9] .. '/' .. run) end
end
return {'written', #nodes}
