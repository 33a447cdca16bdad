/**
 * The `mount` of a component that has one object for each place in which it stands: { receive(component),
 * stop() }, from `make(component, bundle, former)`. It is called by the loader on every change of data
 * or theme. Where `subject(header)` says something else than before, the object is stopped, and another
 * one made, which is given the former. `left(object)` is called when the place is left.
 */
export function mountOne(make, { subject = () => null, left = () => {} } = {}) {
  const places = new WeakMap(); // { object, of } by the element that the component is in
  return (component, bundle) => {
    const { parentElement, header } = component;
    const of = subject(header);
    let held = places.get(parentElement);
    if (!held || held.of !== of) {
      held?.object.stop();
      held = { of, object: make(component, bundle, held?.object) };
      places.set(parentElement, held);
    }
    const { object } = held;
    object.receive(component);
    return () => {
      object.stop();
      left(object);
      places.delete(parentElement);
    };
  };
}
