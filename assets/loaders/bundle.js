// Receives, once per page, the texts of the view's modules with what they work on, and turns
// them into modules: a relative import becomes an address of the text that it names.
export default function ({ data }) {
  globalThis.lenet ??= Promise.withResolvers();
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const { modules, ...bundle } = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  bundle.weights = new Float32Array(data.slice(4 + length).buffer);
  const addresses = {};
  const address = (path) =>
    (addresses[path] ??= URL.createObjectURL(
      new Blob(
        [
          modules[path].replace(
            / from "(\.\.?\/[^"]+)"/g,
            (_, other) => ` from "${address(new URL(other, `file:///${path}`).pathname.slice(1))}"`,
          ),
          `\n//# sourceURL=${path}`,
        ],
        { type: "text/javascript" },
      ),
    ));
  import(address("network_view/index.js")).then(({ mount }) =>
    globalThis.lenet.resolve({ mount, bundle }),
  );
}
