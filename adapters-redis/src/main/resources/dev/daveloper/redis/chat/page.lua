-- Messages in their order, behind one of them.
-- KEYS: order messages   ARGV: behind max
local from = '-inf'
if ARGV[1] ~= '' then
  local place = redis.call('ZSCORE', KEYS[1], ARGV[1])
  if not place then return {'unknown'} end
  from = '(' .. place
end
local said = {'page'}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'LIMIT', 0, ARGV[2])) do
  said[#said + 1] = id
  said[#said + 1] = redis.call('HGET', KEYS[2], id)
end
return said
