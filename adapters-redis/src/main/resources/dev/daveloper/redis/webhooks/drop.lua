-- Forgets these deliveries of an endpoint.
-- KEYS: due leased waiting sending delivered dead hooks   ARGV: endpoint deliveries id...
for i = 3, #ARGV do
  for k = 1, 6 do redis.call('ZREM', KEYS[k], ARGV[i]) end
  redis.call('DEL', ARGV[2] .. ARGV[i])
end
soonest(KEYS[1], KEYS[2], KEYS[7], ARGV[1])
return {}
