const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Each with the shortest distance that is told in it. */
const UNITS = [['day', DAY, 2 * DAY], ['hour', HOUR, 1.5 * HOUR], ['minute', MINUTE, MINUTE]];

/** How far a moment lies from another one, both in milliseconds: "in 23 hours", "3 days ago". */
export function distanceInWords(moment, now) {
  const apart = moment - now;
  const found = UNITS.find(([, , from]) => Math.abs(apart) >= from);
  if (!found) return apart > 0 ? 'in less than a minute' : 'just now';
  const [unit, length] = found;
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.round(apart / length), unit);
}

/** A moment as it is said in this place of the world, with its day. */
export function momentInWords(moment, locale = undefined) {
  return new Date(moment).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });
}

/** Whether a session may have run out, as far as is known here: any use elsewhere has moved its end. */
export function mayHaveEnded(session, now = Date.now()) {
  return session?.expiresAt ? Date.parse(session.expiresAt) <= now : false;
}
