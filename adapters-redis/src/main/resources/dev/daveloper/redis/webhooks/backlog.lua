-- How many deliveries of an endpoint wait or are being sent, since when the oldest is there, when the first is due.
-- KEYS: due leased waiting sending   ARGV: deliveries
local oldest
for _, i in ipairs({3, 4}) do
  local id = redis.call('ZRANGE', KEYS[i], 0, 0)[1]
  local created = id and redis.call('HGET', ARGV[1] .. id, 'created')
  if created and (not oldest or tonumber(created) < tonumber(oldest)) then oldest = created end
end
local first
for _, i in ipairs({1, 2}) do
  local score = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')[2]
  if score and (not first or tonumber(score) < tonumber(first)) then first = score end
end
return {redis.call('ZCARD', KEYS[1]) + redis.call('ZCARD', KEYS[2]), oldest or '', first and digits(tonumber(first)) or ''}
