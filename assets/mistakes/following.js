// Between the parts of the page: what lies under the pen, told by the one that follows it.

const listeners = new Set();
let latest = null;

/** Says what is read now: a trace, or null once nothing follows the pen. */
export function tell(trace) {
  latest = trace;
  for (const listener of listeners) listener(trace);
}

/** Has `listener` called with the trace of now and with each that follows; returns what ends it. */
export function follow(listener) {
  listeners.add(listener);
  listener(latest);
  return () => listeners.delete(listener);
}
