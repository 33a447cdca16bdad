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
  passed({ maps, size, kernel, stride, padding, reads }, from) {
    return (input, deltas, back) => {
      back.fill(0);
      for (let map = 0, unit = 0; map < maps; map++) {
        const first = reads[map][0] * from.size * from.size;
        for (let row = 0; row < size; row++) {
          const top = Math.max(row * stride - padding, 0);
          const bottom = Math.min(row * stride - padding + kernel, from.size);
          for (let column = 0; column < size; column++, unit++) {
            const left = Math.max(column * stride - padding, 0);
            const right = Math.min(column * stride - padding + kernel, from.size);
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

function learnedFromSums({ maps, size, kernel, stride, padding, reads }, from, counted) {
  return (input, deltas, { coefficient, bias }) => {
    for (let map = 0, unit = 0; map < maps; map++) {
      const first = reads[map][0] * from.size * from.size;
      let total = 0;
      let products = 0;
      for (let row = 0; row < size; row++) {
        const top = Math.max(row * stride - padding, 0);
        const bottom = Math.min(row * stride - padding + kernel, from.size);
        for (let column = 0; column < size; column++, unit++) {
          const left = Math.max(column * stride - padding, 0);
          const right = Math.min(column * stride - padding + kernel, from.size);
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
function spreader({ maps, size, kernel, stride, padding, reads }, from) {
  return (deltas, back, factors) => {
    back.fill(0);
    for (let map = 0, unit = 0; map < maps; map++) {
      const first = reads[map][0] * from.size * from.size;
      const factor = factors[map];
      for (let row = 0; row < size; row++) {
        const top = Math.max(row * stride - padding, 0);
        const bottom = Math.min(row * stride - padding + kernel, from.size);
        for (let column = 0; column < size; column++, unit++) {
          const left = Math.max(column * stride - padding, 0);
          const right = Math.min(column * stride - padding + kernel, from.size);
          const share = deltas[unit] * factor;
          for (let y = top; y < bottom; y++) {
            for (let place = first + y * from.size + left, x = left; x < right; x++, place++) back[place] += share;
          }
        }
      }
    }
  };
}
