// Takes in one of the bundles that a browser gets once: the modules, a network, a language's texts.
//
// `globalThis.lenet` is the page's one registry. It holds a promise under each bundle's name, made
// by whoever needs it first. This and component.js are the only places that touch it from outside
// the modules; see mount.js for what becomes of it.
export default async function ({ data }) {
  const unzipped = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(unzipped).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const { name, after, modules, ...own } = header;
  globalThis.lenet ??= {};
  const promised = (name) => (globalThis.lenet[name] ??= Promise.withResolvers());
  const place = promised(name);
  if (place.taken) return; // a change of theme or a new connection brings the same again
  place.taken = true;
  const bundle = { ...own, values: new Float32Array(bytes.slice(4 + length).buffer) };
  if (modules) {
    // Modules that come after others import these too, and there is one of each in the page.
    const before = after && (await promised(after).promise);
    const texts = { ...before?.texts, ...modules };
    const addresses = before?.addresses ?? {};
    // A relative import becomes an address of the text that it names.
    const address = (path) =>
      (addresses[path] ??= URL.createObjectURL(
        new Blob(
          [
            texts[path].replace(
              / from "(\.\.?\/[^"]+)"/g,
              (_, other) => ` from "${address(new URL(other, `file:///${path}`).pathname.slice(1))}"`,
            ),
            `\n//# sourceURL=${path}`,
          ],
          { type: "text/javascript" },
        ),
      ));
    const { makeMount } = await import(address("loaders/mount.js"));
    Object.assign(bundle, { ...before, ...bundle, texts, addresses, address });
    bundle.mount = makeMount((path) => import(address(path)), bundle);
  }
  place.resolve(bundle);
}
