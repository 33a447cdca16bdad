// Hands a component to its module, which comes with the bundle of all modules.
export default function (component) {
  let end = null;
  let ended = false;
  globalThis.lenet ??= {};
  const { promise } = (globalThis.lenet["{version}"] ??= Promise.withResolvers());
  promise.then(({ mount }) => mount("{entry}", component)).then((close) => {
    if (ended) close?.();
    else end = close;
  });
  return () => {
    ended = true;
    end?.();
  };
}
