// How weights change: plain steps, the method of 1998, and Adam. The twins of lenet/training/
// diagonal_lm.py and of torch.optim's SGD and Adam.
//
// An optimiser is { update(count), state }: update() moves the weights by the gradients that `count`
// patterns have added up, and empties these. `state` are the arrays that the next step depends on.

/** The paper's mu, which keeps steps from growing where the loss is flat. */
export const MU = 0.02;

const PRINTED_ETA = [
  [2, 0.0005],
  [5, 0.0002],
  [8, 0.0001],
  [12, 0.00005],
];

/** The printed rate of a pass, counted from 1. */
export const printedEta = (pass) => PRINTED_ETA.find(([last]) => pass <= last)?.[1] ?? 0.00001;

/** Plain steps of -rate times the mean gradient. */
export function makeSgd({ weights, gradients }, rate) {
  return {
    state: [],
    setRate: (other) => (rate = other),
    update(count) {
      const by = rate / count;
      for (let i = 0; i < weights.length; i++) {
        weights[i] -= by * gradients[i];
        gradients[i] = 0;
      }
    },
  };
}

/**
 * Stochastic diagonal Levenberg-Marquardt (eq. 21): -eta / (mu + h) times the mean gradient, with h
 * the curvature of each weight. Needs setCurvatures(curvatures) and setEta(eta) before its first step.
 */
export function makeDiagonal({ weights, gradients }, mu = MU) {
  const curvatures = new Float32Array(weights.length);
  const rates = new Float32Array(weights.length);
  let eta = 0;
  const fill = () => {
    for (let i = 0; i < rates.length; i++) rates[i] = eta / (mu + curvatures[i]);
  };
  return {
    state: [curvatures, rates],
    curvatures,
    rates,
    setCurvatures(found) {
      curvatures.set(found);
      fill();
    },
    setEta(other) {
      if (other === eta) return;
      eta = other;
      fill();
    },
    update(count) {
      const share = 1 / count;
      for (let i = 0; i < weights.length; i++) {
        weights[i] -= rates[i] * share * gradients[i];
        gradients[i] = 0;
      }
    },
  };
}

/** Adam (Kingma and Ba, 2015), with the usual constants. */
export function makeAdam({ weights, gradients }, rate, [forget, forgetSquares] = [0.9, 0.999], tiny = 1e-8) {
  const means = new Float32Array(weights.length);
  const squares = new Float32Array(weights.length);
  const powers = Float64Array.of(1, 1); // of the two factors, one for each step
  return {
    state: [means, squares, powers],
    setRate: (other) => (rate = other),
    update(count) {
      powers[0] *= forget;
      powers[1] *= forgetSquares;
      const by = rate / (1 - powers[0]);
      const unbiased = 1 / Math.sqrt(1 - powers[1]);
      for (let i = 0; i < weights.length; i++) {
        const gradient = gradients[i] / count;
        means[i] = forget * means[i] + (1 - forget) * gradient;
        squares[i] = forgetSquares * squares[i] + (1 - forgetSquares) * gradient * gradient;
        weights[i] -= (by * means[i]) / (Math.sqrt(squares[i]) * unbiased + tiny);
        gradients[i] = 0;
      }
    },
  };
}
