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

-- The last seq that a log has of this epoch, where its last entry is this one; 0 for none.
local function topOf(entry, epoch)
  if not entry then return 0 end
  local of, seq = string.match(entry, '^(%d+)-(%d+)$')
  return tonumber(of) == tonumber(epoch) and tonumber(seq) or 0
end

-- Adds a batch to a run's log, as one entry whose id is the cursor of its last event.
local function extend(log, runs, run, epoch, first, last, events)
  local id = epoch .. '-' .. last
  redis.call('XADD', log, id, 'first', first, 'events', events)
  redis.call('HSET', runs, run .. ':top', id)
end

-- The nodes that follow a run.
local function followers(set, given)
  return redis.call('ZRANGEBYSCORE', set, '(' .. digits(moment(given)), '+inf')
end

-- Tells the nodes that follow a run that there is more of it, and says how many they are.
local function wake(set, given, prefix, said)
  local nodes = followers(set, given)
  for _, node in ipairs(nodes) do redis.call('PUBLISH', prefix .. node, said) end
  return #nodes
end

-- The moment in microseconds, which Lua counts exactly until the year 2255.
local function micros(given)
  if given ~= '' then return given * 1000 end
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

-- Notes until when something is taken of a rate, and when that was noted; at most a lifetime, and nothing that is past.
-- Both are doubles, which take a third less time than digits. The key stays a little longer than it says anything, so
-- that who comes all the time does not make it anew each time.
local function note(key, till, now)
  till = math.min(till, now + 4503599627370496)
  if till > now then
    redis.call('SET', key, struct.pack('>dd', till, now), 'PX', math.ceil((till - now) / 1000) + 10000)
  else
    redis.call('DEL', key)
  end
  return till
end

-- Until when something is taken of a rate. Where the clock was put back by more than a minute since that was noted, what
-- was taken moves with it: otherwise a clock that was wrong for a moment would lock callers out until it is as late as
-- that again.
local function taken(key, now)
  local noted = redis.call('GET', key)
  if not noted then return 0 end
  local till, at = struct.unpack('>dd', noted)
  if at <= now + 60000000 then return till end
  return note(key, till - at + now, now)
end

-- Puts an event down to be handed on, unless one of its id is there; does nothing where there is none.
local function tell(outbox, outgoing, id, event)
  if id and id ~= '' and redis.call('HSETNX', outgoing, id, event) == 1 then
    redis.call('ZADD', outbox, 0, id)
  end
end

-- Notes when the first of an endpoint's deliveries is due, or its lease ends; nothing where none waits.
local function soonest(due, leased, hooks, endpoint)
  local first
  for _, queue in ipairs({due, leased}) do
    local score = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')[2]
    if score and (not first or tonumber(score) < first) then first = tonumber(score) end
  end
  if first then
    redis.call('ZADD', hooks, digits(first), endpoint)
  else
    redis.call('ZREM', hooks, endpoint)
  end
end

-- The oldest of a set of deliveries that are over make room: two at a time, so that it shrinks and nobody waits long.
local function trim(over, deliveries, most)
  local many = redis.call('ZCARD', over) - tonumber(most)
  if many <= 0 then return end
  for _, id in ipairs(redis.call('ZRANGE', over, 0, math.min(many, 2) - 1)) do
    redis.call('ZREM', over, id)
    redis.call('DEL', deliveries .. id)
  end
end
