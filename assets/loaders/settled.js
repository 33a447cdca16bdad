// Tells Python when the view in a container has been verified and then left alone for a moment.
const QUIET_MS = 600;

export default function ({ parentElement, data, setTriggerValue }) {
  parentElement.settle?.abort();
  const listening = (parentElement.settle = new AbortController());
  let timer = 0;
  const inView = (node) => node.classList?.contains(`st-key-${data.view}`);
  const wait = (event) => {
    if (!event.detail.shown || !event.composedPath().some(inView)) return;
    clearTimeout(timer);
    timer = setTimeout(() => setTriggerValue("settled", Date.now()), QUIET_MS);
  };
  document.addEventListener("lenet-verified", wait, { signal: listening.signal });
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}
