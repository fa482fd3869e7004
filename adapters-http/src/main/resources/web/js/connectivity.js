/** Calls `listener` whenever trying again may now succeed: back online, tab shown, page restored. Returns its undo. */
export function onWake(listener) {
  const shown = () => {
    if (document.visibilityState === 'visible') listener();
  };
  window.addEventListener('online', listener);
  window.addEventListener('pageshow', listener);
  document.addEventListener('visibilitychange', shown);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('pageshow', listener);
    document.removeEventListener('visibilitychange', shown);
  };
}
