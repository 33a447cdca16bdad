// Back through what makes maps coarser: trainable sub-sampling, plain averages, maxima.

export const subSampling = {
  learned: (layer, from) => learnedFromSums(layer, from, (sum) => sum),

  // What the coefficient multiplies is the sum of the inputs, so its square counts.
  curved: (layer, from) => learnedFromSums(layer, from, (sum) => sum * sum),

  passed(layer, from) {
    const spread = spreader(layer, from);
    return (input, deltas, back, { coefficient }) => spread(deltas, back, coefficient);
  },
};

export const averagePooling = {
  passed(layer, from) {
    const spread = spreader(layer, from);
    const share = new Float64Array(layer.maps).fill(1 / (layer.kernel * layer.kernel));
    return (input, deltas, back) => spread(deltas, back, share);
  },

  passedSquared(layer, from) {
    const spread = spreader(layer, from);
    const part = 1 / (layer.kernel * layer.kernel);
    const share = new Float64Array(layer.maps).fill(part * part);
    return (input, deltas, back) => spread(deltas, back, share);
  },
};

// Only the largest gets anything, the first of equal ones.
export const maxPooling = {
  passed(layer, from) {
    const { maps, size, reads } = layer;
    const edges = edgesOf(layer, from);
    return (input, deltas, back) => {
      back.fill(0);
      for (let map = 0, unit = 0; map < maps; map++) {
        const first = reads[map][0] * from.size * from.size;
        for (let row = 0; row < size; row++) {
          const top = edges.first[row];
          const bottom = edges.end[row];
          for (let column = 0; column < size; column++, unit++) {
            const left = edges.first[column];
            const right = edges.end[column];
            let best = first + top * from.size + left;
            for (let y = top; y < bottom; y++) {
              for (let x = left; x < right; x++) {
                const place = first + y * from.size + x;
                if (input[place] > input[best]) best = place;
              }
            }
            back[best] += deltas[unit];
          }
        }
      }
    };
  },
};

function learnedFromSums(layer, from, counted) {
  const { maps, size, reads } = layer;
  const edges = edgesOf(layer, from);
  return (input, deltas, { coefficient, bias }) => {
    for (let map = 0, unit = 0; map < maps; map++) {
      const first = reads[map][0] * from.size * from.size;
      let total = 0;
      let products = 0;
      for (let row = 0; row < size; row++) {
        const top = edges.first[row];
        const bottom = edges.end[row];
        for (let column = 0; column < size; column++, unit++) {
          const left = edges.first[column];
          const right = edges.end[column];
          let sum = 0;
          for (let y = top; y < bottom; y++) {
            for (let place = first + y * from.size + left, x = left; x < right; x++, place++) sum += input[place];
          }
          total += deltas[unit];
          products += deltas[unit] * counted(sum);
        }
      }
      coefficient[map] += products;
      bias[map] += total;
    }
  };
}

// Every input of a unit gets the unit's derivative times the map's factor.
function spreader(layer, from) {
  const { maps, size, reads } = layer;
  const edges = edgesOf(layer, from);
  return (deltas, back, factors) => {
    back.fill(0);
    for (let map = 0, unit = 0; map < maps; map++) {
      const first = reads[map][0] * from.size * from.size;
      const factor = factors[map];
      for (let row = 0; row < size; row++) {
        const top = edges.first[row];
        const bottom = edges.end[row];
        for (let column = 0; column < size; column++, unit++) {
          const left = edges.first[column];
          const right = edges.end[column];
          const share = deltas[unit] * factor;
          for (let y = top; y < bottom; y++) {
            for (let place = first + y * from.size + left, x = left; x < right; x++, place++) back[place] += share;
          }
        }
      }
    }
  };
}

// Where the rows, and likewise the columns, that each unit reads begin and end on the map before.
function edgesOf({ size, kernel, stride, padding }, from) {
  const corners = Array.from({ length: size }, (_, place) => place * stride - padding);
  return {
    first: Int32Array.from(corners, (corner) => Math.max(corner, 0)),
    end: Int32Array.from(corners, (corner) => Math.min(corner + kernel, from.size)),
  };
}
