/** Calls `listener` whenever trying again may now succeed: back online, tab shown, page restored. Returns its undo. */
export function onWake(listener) {
  const shown = () => {
    if (document.visibilityState === 'visible') listener();
  };
  const restored = ({ persisted }) => {
    if (persisted) listener();
  };
  window.addEventListener('online', listener);
  window.addEventListener('pageshow', restored);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('pageshow', restored);
    document.removeEventListener('visibilitychange', shown);
  };
}
