// The part of the component that travels with every trace, so it only hands over: the modules
// and the weights came once, with bundle.js.
export default function (component) {
  globalThis.lenet ??= Promise.withResolvers();
  let close = null;
  let closed = false;
  globalThis.lenet.promise.then(({ mount, bundle }) => {
    if (!closed) close = mount(component, bundle);
  });
  return () => {
    closed = true;
    close?.();
  };
}
