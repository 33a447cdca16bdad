// The kinds of layers: one module and one entry here for each; the twin of lenet/kinds.
//
// A kind says everything that differs between layers:
//
//   sums(layer, from, named, spec)   makes (input, output) => void, the forward sum
//   values(sums, output)             what becomes of the sums, where that is no squashing function
//   ofMap(layer, map, named)         what is trained in one map: { kernels, coefficient, bias }
//   explain(asked)                   the arithmetic of one unit; see explain.js
//   formula                          how the arithmetic panel sets it out
//   snippet(spec, explained)         the same as lines of Python
//   title(layer), purpose(layer, spec), term(), detail(layer, spec)
//                                    what stands over the layer's picture
//
// What a unit sees follows from kernel, stride and padding, which every layer has: geometry.js.
// To add a kind, add a module in kinds/ and its entry here; tests/engine compares it with Python's.

import { number, tn } from "../shared/words.js";
import { averagePooling } from "./kinds/average_pooling.js";
import { convolution, fullConnection } from "./kinds/convolution.js";
import { fixedConvolution } from "./kinds/fixed_convolution.js";
import { input } from "./kinds/input.js";
import { localConnection } from "./kinds/local_connection.js";
import { maxPooling } from "./kinds/max_pooling.js";
import { radialBasis } from "./kinds/radial_basis.js";
import { responseNormalisation } from "./kinds/response_normalisation.js";
import { softmax } from "./kinds/softmax.js";
import { subSampling } from "./kinds/sub_sampling.js";

const KINDS = {
  input,
  convolution,
  "fixed convolution": fixedConvolution,
  "local connection": localConnection,
  "full connection": fullConnection,
  "sub-sampling": subSampling,
  "average pooling": averagePooling,
  "max pooling": maxPooling,
  "response normalisation": responseNormalisation,
  RBF: radialBasis,
  softmax,
};

/** The entry of a layer's kind. */
export function kindOf(layer) {
  return KINDS[layer.kind];
}

/**
 * What stands over a layer's picture: its name; what it does, in plain words; the paper's word for
 * that, or ""; and what it is made of.
 */
export const titleOf = (layer) => kindOf(layer).title?.(layer) ?? layer.name;

export const purposeOf = (layer, spec) => kindOf(layer).purpose(layer, spec);

export const termOf = (layer) => kindOf(layer).term?.() ?? "";

export function detailOf(layer, spec) {
  const said = kindOf(layer).detail?.(layer, spec);
  if (said) return said;
  if (layer.size > 1 && layer.maps === 1) return `${layer.size}\u00d7${layer.size}`;
  if (layer.size > 1) return `${layer.maps} @ ${layer.size}\u00d7${layer.size}`;
  const isCode = layer.maps === spec.codeRows * spec.codeColumns;
  if (isCode) return `${layer.maps} = ${spec.codeColumns}\u00d7${spec.codeRows}`;
  return tn("{count} unit", "{count} units", layer.maps, { count: number(layer.maps) });
}
