// "Copy as Python": plain torch that gives a unit's value again when it is pasted and run.

import { unitName } from "./geometry.js";

/** The snippet for what explain() returned. */
export function snippet(spec, explained) {
  const { layer, unit } = explained;
  const name = unitName(layer, unit.map, unit.row, unit.column);
  const body = {
    input: inputLines,
    convolution: weightedLines,
    "full connection": weightedLines,
    "sub-sampling": subSamplingLines,
    RBF: distanceLines,
  }[layer.kind](spec, explained);
  return [`# ${name} of LeNet-5`, "import torch", "", ...body, ""].join("\n");
}

const squashed = (spec) => [
  `value = ${spec.amplitude} * torch.tanh(2 / 3 * total)`,
  "print(value.item())",
];

function inputLines(spec, { value }) {
  return [`value = torch.tensor(${text(value)})`, "print(value.item())"];
}

function weightedLines(spec, { terms, bias }) {
  const maps = terms.map((term) => term.label);
  return [
    `patches = torch.tensor(${stack(terms, "patch")})  # ${maps.join(", ")}`,
    `kernels = torch.tensor(${stack(terms, "kernel")})`,
    `total = (patches * kernels).sum() + ${text(bias)}`,
    ...squashed(spec),
  ];
}

function subSamplingLines(spec, { terms: [only], coefficient, bias }) {
  return [
    `inputs = torch.tensor(${list(only.patch)})  # ${only.label}`,
    `total = ${text(coefficient)} * inputs.sum() + ${text(bias)}`,
    ...squashed(spec),
  ];
}

function distanceLines(spec, { unit, terms: [own] }) {
  return [
    `f6 = torch.tensor(${list(own.patch)})`,
    `code = torch.tensor(${list(own.kernel)})  # of ${spec.classes[unit.map]}`,
    "value = ((f6 - code) ** 2).sum()",
    "print(value.item())",
  ];
}

// Enough digits to give a float32 back exactly.
const text = (value) => String(Number(value.toPrecision(9)));
const list = (values) => `[${Array.from(values, text).join(", ")}]`;
const stack = (terms, part) => `[${terms.map((term) => list(term[part])).join(", ")}]`;
