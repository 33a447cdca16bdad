/**
 * later(step) calls `step` soon, after the events that wait meanwhile; of several calls before that,
 * the last one counts. A timer would wait for 4 ms each time.
 */
export function makeLater() {
  const { port1, port2 } = new MessageChannel();
  let next = null;
  port2.onmessage = () => next();
  return (step) => {
    next = step;
    port1.postMessage(null);
  };
}
