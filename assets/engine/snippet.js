// "Copy as Python": plain torch that gives a unit's value again when it is pasted and run.

import { t } from "../shared/words.js";
import { unitName } from "./geometry.js";
import { kindOf } from "./kinds.js";

/** The snippet for what explain() returned. */
export function snippet(spec, explained) {
  const { layer, unit } = explained;
  const name = unitName(layer, unit.map, unit.row, unit.column);
  const body = kindOf(layer).snippet(spec, explained);
  const title = t("{unit} of {network}", { unit: name, network: spec.fullName });
  return [`# ${title}`, "import torch", "", ...body, ""].join("\n");
}
