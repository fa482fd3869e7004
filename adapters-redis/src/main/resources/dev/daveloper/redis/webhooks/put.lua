-- Puts an event down to be handed on.
-- KEYS: outbox outgoing   ARGV: id event
tell(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
return {}
