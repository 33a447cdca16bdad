// Convolution with kernels that were designed by hand: nothing in it is trained, and there are no
// biases. The kernels come with the architecture.

import { t } from "../../shared/words.js";
import { convolution, sums } from "./convolution.js";
import { finished, kernelsOf, weightedSum } from "./terms.js";

export const fixedConvolution = {
  ...convolution,
  term: () => t("fixed convolution"),
  sums: (layer, from) => sums(layer, from, given(layer)),
  ofMap: (layer, map) => kernelsOf(layer, map, given(layer)),
  explain: (asked) => finished(asked, weightedSum({ ...asked, named: given(asked.layer) })),
};

// One filter for each map, laid over every map that it reads.
function given({ maps, reads, filters }) {
  const each = reads.flatMap((read, map) => read.map(() => filters[map].flat()));
  return { weight: Float32Array.from(each.flat()), bias: new Float32Array(maps) };
}
