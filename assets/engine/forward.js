// The forward pass in the browser; the twin of lenet/model.py and lenet/trace.py.
//
// Sums are kept in doubles, activations in float32 as PyTorch keeps them. All arrays are made
// once, so that a frame of the screen leaves nothing behind.

/**
 * A network { run(input), blank } of parameters by name, as nameParameters() gives them.
 *
 * `run` returns the trace { input, c1, s2, c3, s4, c5, f6, output, before }: flat arrays, map by
 * map and row by row, overwritten by the next run. `blank` is the input without ink.
 */
export function makeNetwork(spec, parameters) {
  const trace = { before: {} };
  for (const { key, kind, maps, size } of spec.layers) {
    trace[key] = new Float32Array(maps * size * size);
    if (kind !== "input" && kind !== "RBF") trace.before[key] = new Float32Array(maps * size * size);
  }
  const steps = spec.layers.slice(1).map((layer, place) => {
    const from = spec.layers[place];
    const input = trace[from.key];
    if (layer.kind === "RBF") return () => radialBasis(spec, input, trace[layer.key]);
    const before = trace.before[layer.key];
    const named = (name) => parameters[`${layer.key}.${name}`].values;
    const sum =
      layer.kind === "sub-sampling"
        ? () => subSample(layer, from, named("coefficient"), named("bias"), input, before)
        : () => convolve(layer, from, named("weight"), named("bias"), input, before);
    return () => {
      sum();
      squash(spec, before, trace[layer.key]);
    };
  });
  return {
    blank: new Float32Array(trace.input.length).fill(spec.background),
    run(input) {
      trace.input.set(input);
      for (const step of steps) step();
      return trace;
    },
  };
}

// C1, C3, C5 and F6: each map adds up a kernel over each of the maps it reads. Kernels are
// stored in the order in which they are read here.
function convolve({ maps, size, kernel, reads }, from, weight, bias, input, output) {
  const sums = new Float64Array(size * size);
  let at = 0;
  for (let map = 0; map < maps; map++) {
    sums.fill(bias[map]);
    for (const read of reads[map]) {
      const first = read * from.size * from.size;
      for (let kernelRow = 0; kernelRow < kernel; kernelRow++) {
        for (let kernelColumn = 0; kernelColumn < kernel; kernelColumn++, at++) {
          const factor = weight[at];
          for (let row = 0; row < size; row++) {
            let source = first + (row + kernelRow) * from.size + kernelColumn;
            for (let unit = row * size; unit < (row + 1) * size; unit++, source++) {
              sums[unit] += factor * input[source];
            }
          }
        }
      }
    }
    output.set(sums, map * size * size);
  }
}

// S2 and S4: four neighbours added, times the map's coefficient, plus its bias.
function subSample({ maps, size, kernel, stride }, from, coefficient, bias, input, output) {
  let unit = 0;
  for (let map = 0; map < maps; map++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++, unit++) {
        let sum = 0;
        for (let r = 0; r < kernel; r++) {
          const first = (map * from.size + row * stride + r) * from.size + column * stride;
          for (let c = 0; c < kernel; c++) sum += input[first + c];
        }
        output[unit] = sum * coefficient[map] + bias[map];
      }
    }
  }
}

function squash({ amplitude, slope }, before, after) {
  for (let i = 0; i < before.length; i++) after[i] = amplitude * Math.tanh(slope * before[i]);
}

// Output: the squared distance of F6 to each class's code.
function radialBasis({ codes }, f6, output) {
  codes.forEach((code, digit) => {
    let sum = 0;
    for (let i = 0; i < code.length; i++) sum += (f6[i] - code[i]) ** 2;
    output[digit] = sum;
  });
}
