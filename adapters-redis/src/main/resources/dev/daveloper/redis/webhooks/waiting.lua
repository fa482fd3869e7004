-- Events of one shard that are to be handed on: the oldest first, those that were put off last.
-- KEYS: outbox outgoing   ARGV: nowMillis max
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', digits(tonumber(ARGV[1])), 'LIMIT', 0, tonumber(ARGV[2]))
local found = {}
for _, id in ipairs(ids) do
  found[#found + 1] = id
  found[#found + 1] = redis.call('HGET', KEYS[2], id)
end
return found
