-- Writes, so that a server that only lets itself be read from is found out.
-- KEYS: probe   ARGV: moment
redis.call('SET', KEYS[1], digits(moment(ARGV[1])), 'PX', 60000)
return {}
