-- The last messages, the newest first.
-- KEYS: order messages   ARGV: max
local said = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1)) do
  said[#said + 1] = id
  said[#said + 1] = redis.call('HGET', KEYS[2], id)
end
return said
