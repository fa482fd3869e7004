-- Adds an endpoint while there is room, or puts it in the place of the version before.
-- KEYS: webhooks   ARGV: id version record max
local known = redis.call('HGET', KEYS[1], ARGV[1] .. ':version')
if ARGV[4] ~= '' then
  if known or redis.call('HLEN', KEYS[1]) / 2 >= tonumber(ARGV[4]) then return {0} end
elseif not known or tonumber(known) + 1 ~= tonumber(ARGV[2]) then
  return {0}
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3], ARGV[1] .. ':version', ARGV[2])
return {1}
