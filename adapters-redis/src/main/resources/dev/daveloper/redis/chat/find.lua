-- A run, and its answer when it has one.
-- KEYS: runs messages   ARGV: run
local known = redis.call('HMGET', KEYS[1], ARGV[1], ARGV[1] .. ':ended')
if not known[1] then return {} end
if not known[2] then return {known[1]} end
local answer = string.match(known[1], '^%S+ (%S+)')
if not answer then return {known[1]} end
return {known[1], redis.call('HGET', KEYS[2], answer)}
