// A component of several modules: their texts travel in the data's header, and a relative import
// becomes an address of the text that it names. Made once for a page, whatever is shown in it.
export default function (component) {
  const { data, parentElement } = component;
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const values = new Float32Array(data.slice(4 + length).buffer);
  const made = (globalThis.lenetModules ??= {});
  const address = (path) =>
    (made[path] ??= URL.createObjectURL(
      new Blob(
        [
          header.modules[path].replace(
            / from "(\.\.?\/[^"]+)"/g,
            (_, other) => ` from "${address(new URL(other, `file:///${path}`).pathname.slice(1))}"`,
          ),
          `\n//# sourceURL=${path}`,
        ],
        { type: "text/javascript" },
      ),
    ));
  // Data may arrive again while a module still loads: the latest is what counts.
  parentElement.latest = { ...component, header, values };
  import(address(header.entry)).then(({ show }) => show(parentElement, parentElement.latest));
}
