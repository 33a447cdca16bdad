// The page of one file: the draw page of the app, put together from the same parts without a server.
//
// `mount(component, bundle)` is called once, by start.js. The component's `take(name)` unpacks one
// more of the bundles that the file holds.

import { mount as mountPen } from "../canvas/index.js";
import { nameParameters } from "../engine/explain.js";
import { makeNetwork } from "../engine/forward.js";
import { compare } from "../engine/recorded.js";
import { mount as mountSampleKeys } from "../gallery/sample_keys.js";
import { mount as mountKeys } from "../keys/keys.js";
import { named } from "../loaders/mount.js";
import { checkInWords } from "../network_view/badge.js";
import { mount as mountView } from "../network_view/index.js";
import { shortcutsOf } from "../network_view/shortcuts.js";
import { addShortcuts } from "../shared/keys.js";
import { containerOf } from "../shared/on_page.js";
import { number, t } from "../shared/words.js";
import { makeGallery } from "./gallery.js";
import { askedLanguage, offerLanguages, useLanguage } from "./language.js";
import { makePaper } from "./paper.js";
import { Record } from "./record.js";
import { makeSamples } from "./samples.js";
import { shadowIn } from "./shadow.js";
import { offerThemes, whenThemed } from "./theme.js";
import { offerTour } from "./tour.js";

const ELSEWHERE = ["d", "e"]; // keys of a second drawing and of presenter mode, which the app has

export async function mount({ header, values, take }, bundle) {
  const { spec, normalisation } = bundle;
  const { labels, side } = header.samples;
  const end = labels.length * side ** 2;
  const samples = makeSamples(new Uint8Array(values.buffer, 0, end), side, labels, normalisation);
  const network = makeNetwork(spec, nameParameters(bundle.parameters, bundle.values));
  const inputs = header.recorded.map((sample) => samples.inputOf(sample));
  const checked = compare(spec, network, inputs, new Uint16Array(values.buffer, end));
  const page = {
    header,
    samples,
    bundle: { ...bundle, checked },
    record: new Record(header.canvas.side, header.canvas.pens[1]),
    // What stays as it is where another language is chosen:
    range: null, // of the colours
    pinned: null, // the unit that is pinned
    tourAt: null, // where one is in the tour
  };
  let leave = () => {};
  const read = async (language) => {
    const words = await useLanguage(language, header, take);
    leave();
    const inWords = { ...page.bundle, help: words.help, spec: named(spec, words) };
    leave = show({ ...page, bundle: inWords }, language, read, page);
  };
  await read(askedLanguage(header));
  document.querySelector(".unopened").remove();
}

// Writes the whole page in the language that is used now. Returns what takes it away again, and
// leaves in `kept` what stays.
function show(page, language, chooseLanguage, kept) {
  const { bundle, header, record, samples } = page;
  const { canvas, html, places } = header;
  writeWords(bundle.checked);
  offerLanguages(header, language, chooseLanguage);
  offerThemes(document.querySelector(".choose-theme"));

  const network = containerOf("network");
  network.innerHTML = html.network;
  const refresh = () => {
    paper.show(record.drawing, record.pen);
    const { header: drawn, values } = record.served();
    const told = (_, { presses }) => {
      record.take(presses);
      refresh();
    };
    const component = { parentElement: network, header: { place: places[language], ...drawn }, values };
    return mountView({ ...component, setTriggerValue: told }, bundle);
  };
  const put = (drawing) => {
    record.put(drawing);
    refresh();
  };
  const paper = makePaper("canvas", canvas.side, html.canvas, (points) => {
    record.add(points);
    queueMicrotask(refresh); // the view has to hear of the stroke first
  });
  const ends = [() => paper.stop(), refresh()];
  const { view } = network.querySelector(".network");
  const { range, pinned } = page;
  if (range) view.setRange(range);
  if (pinned) view.pointing.pin(pinned);

  const pen = { parentElement: containerOf("canvas"), header: { canvas: "canvas" } };
  ends.push(mountPen(pen, bundle));
  offerPens(canvas.pens, record, refresh);
  const keys = shadowIn(document.querySelector(".st-key-keys .component"), html.keys);
  ends.push(
    mountKeys({ parentElement: keys }),
    addShortcuts(shortcutsOf(view).filter((one) => !one.keys.some((key) => ELSEWHERE.includes(key)))),
    mountSampleKeys({
      parentElement: keys,
      setTriggerValue: (_, { digit, press }) => put(samples.drawing(samples.ofKey(digit, press))),
    }),
    makeGallery(header, samples, language, put),
    whenThemed(() => {
      mountPen(pen, bundle);
      refresh();
      tour.follow();
    }),
  );
  const tour = offerTour(header, language, bundle.spec, page.tourAt);
  return () => {
    Object.assign(kept, { range: view.range, pinned: view.pointing.pinned, tourAt: tour.at() });
    for (const end of [tour.end, ...ends]) end();
  };
}

function writeWords(checked) {
  const write = (selector, text) => {
    document.querySelector(selector).textContent = text;
  };
  document.title = t("Inside LeNet-5");
  write(".page-title", document.title);
  write(".page-lead", t("Draw a digit. Every unit of the 1998 network answers."));
  write(".st-key-undo button", t("Undo"));
  write(".st-key-clear button", t("Clear"));
  write(".st-key-samples button", t("Samples"));
  write("footer", `${t("Everything on this page is in this one file: it needs no network, and nothing that is drawn leaves it.")} ${checkInWords(checked)}`);
  const differs = document.querySelector(".differs");
  differs.hidden = checked.agrees;
  if (!checked.agrees) differs.textContent = checkInWords(checked);
}

// The pen's width for what is drawn next.
function offerPens([narrowest, , widest], record, chosen) {
  const [label, slider, said] = ["span", "input", "output"].map((one) =>
    containerOf("pen").querySelector(one),
  );
  label.textContent = t("Pen");
  const write = () => {
    said.textContent = t("{width} px", { width: number(record.pen) });
  };
  Object.assign(slider, { min: narrowest, max: widest, value: record.pen });
  slider.oninput = () => {
    record.pen = Number(slider.value);
    write();
    chosen();
  };
  write();
}
