const PLACE = 'daveloper.dismissed';
/** As many ingestions as are remembered to be dismissed; the gateway forgets those that ended long ago itself. */
const MAX_KEPT = 200;

/** The failed ingestions that the person has taken note of, kept for all tabs of the browser. */
export const dismissed = {
  has(jobId) {
    return read().includes(jobId);
  },

  add(jobId) {
    try {
      localStorage.setItem(PLACE, JSON.stringify([...read(), jobId].slice(-MAX_KEPT)));
    } catch {
      memory.push(jobId);
    }
  },

  clear() {
    memory.length = 0;
    try {
      localStorage.removeItem(PLACE);
    } catch {
      // Storage may be switched off; there is nothing in it then.
    }
  },
};

const memory = [];

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? [...kept, ...memory] : memory;
  } catch {
    return memory;
  }
}
