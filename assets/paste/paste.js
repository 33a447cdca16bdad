// A picture that is pasted anywhere on the page is sent to the server.
//
// The event of a paste brings the clipboard's content along. So it needs neither a permission nor
// HTTPS, which the browser asks for where a page reads the clipboard by itself.

const SIDES = [1600, 1200, 900, 640, 400]; // pixels of the longer side, until the picture fits
const QUALITY = 0.9;

export function mount({ parentElement, header: { most }, setTriggerValue }) {
  parentElement.pasting?.abort();
  const listening = (parentElement.pasting = new AbortController());
  const pasted = async (event) => {
    if (isField(event.composedPath()[0])) return; // a text that goes where it should
    const file = [...event.clipboardData.files][0];
    if (file) event.preventDefault();
    setTriggerValue("pasted", file ? await asSent(file, most) : { problem: "none" });
  };
  document.addEventListener("paste", pasted, { signal: listening.signal });
  parentElement.querySelector(".paste").dataset.listens = "true";
  return () => listening.abort();
}

const isField = (node) => node instanceof Element && node.matches("input, textarea, [contenteditable]");

/** The content of a file as base64: the file's own bytes or, of a large picture, a smaller one. */
export async function asSent(file, most) {
  const fits = file.size <= most ? file : await reduced(file, most);
  return fits ? { content: await base64(fits) } : { problem: "large" };
}

/** The picture in a file as a JPEG of at most `most` bytes; null for what is no picture. */
async function reduced(file, most) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const canvas = document.createElement("canvas");
  const longest = Math.max(picture.width, picture.height);
  for (const side of SIDES) {
    const scale = Math.min(1, side / longest);
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    context.fillStyle = "white"; // a JPEG knows nothing transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (made && made.size <= most) return made;
  }
  return null;
}

const base64 = (blob) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
