-- A part of a run's log. An ended run's log is gone after its time.
-- KEYS: runs log   ARGV: moment run after max forgottenBeforeMillis logMillis
local known = redis.call('HMGET', KEYS[1], ARGV[2], ARGV[2] .. ':ended')
if not known[1] then return {'gone'} end
local ended = tonumber(known[2] or nil)
if ended and (ended < tonumber(ARGV[5]) or ended + tonumber(ARGV[6]) <= moment(ARGV[1])) then return {'gone'} end
local said = {'held'}
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. ARGV[3], '+', 'COUNT', ARGV[4])) do
  said[#said + 1] = entry[1]
  said[#said + 1] = entry[2][2]
  said[#said + 1] = entry[2][4]
end
return said
