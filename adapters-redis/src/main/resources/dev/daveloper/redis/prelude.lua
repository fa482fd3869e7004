-- The moment in milliseconds since 1970: what the caller measures by, or the clock of this server.
local function moment(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A whole number in digits: Lua would write a large one with an exponent.
local function digits(number)
  return string.format('%.0f', number)
end

