-- The run in the session's place.
-- KEYS: runs
local active = redis.call('HGET', KEYS[1], 'active')
if not active then return {} end
return {active, redis.call('HGET', KEYS[1], active)}
