// Tells Python when the drawing has been verified and then left alone for a moment.
const QUIET_MS = 600;

export default function ({ parentElement, setTriggerValue }) {
  parentElement.settle?.abort();
  const listening = (parentElement.settle = new AbortController());
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => setTriggerValue("settled", Date.now()), QUIET_MS);
  };
  window.addEventListener("lenet-verified", wait, { signal: listening.signal });
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}
