-- Forgets a session's messages and runs, and says which runs there were: their logs are the caller's to forget. Those
-- whose owners may not be done with them are remembered for a day as ones that nobody may put back: an owner writes the
-- end of a log behind the answer, and tries to for some minutes; an hour is more than clocks differ by.
-- KEYS: runs order messages cleared leases   ARGV: moment session
local now = moment(ARGV[1])
local said = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.match(field, '^run_%w+$') then
    said[#said + 1] = field
    local known = redis.call('HMGET', KEYS[1], field .. ':epoch', field .. ':ended')
    if not known[2] then redis.call('ZREM', KEYS[5], ARGV[2] .. '/' .. field .. '/' .. known[1]) end
    if not known[2] or tonumber(known[2]) > now - 3600000 then redis.call('SADD', KEYS[4], field) end
  end
end
redis.call('PEXPIRE', KEYS[4], 86400000)
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
return said
