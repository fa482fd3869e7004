-- Takes of rates, though it may be more than is there, or gives back; of what was taken at a moment, without what may
-- have flowed in since.
-- KEYS: what is taken of each rate   ARGV: moment since, for each key: microseconds, less than 0 to give back
local now = micros(ARGV[1])
local flown = ARGV[2] == '' and 0 or math.max(0, now - ARGV[2])
for i, key in ipairs(KEYS) do
  local by = tonumber(ARGV[i + 2])
  local till = taken(key, now)
  if by > 0 then
    note(key, math.max(till, now) + by, now)
  else
    note(key, till + math.min(0, by + flown), now)
  end
end
return {}
