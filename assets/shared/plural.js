// Which wording goes with a count: gettext's rule, an expression of C in n, without eval().

const OPERATORS = [
  { "||": (a, b) => Number(a || b) },
  { "&&": (a, b) => Number(a && b) },
  { "==": (a, b) => Number(a === b), "!=": (a, b) => Number(a !== b) },
  {
    "<": (a, b) => Number(a < b),
    ">": (a, b) => Number(a > b),
    "<=": (a, b) => Number(a <= b),
    ">=": (a, b) => Number(a >= b),
  },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => Math.trunc(a / b), "%": (a, b) => a % b },
]; // from the weakest to the strongest

/** count => index of its form; pluralRule("n != 1")(3) is 1. Throws for what is no such rule. */
export function pluralRule(rule) {
  const tokens = rule.match(/\d+|n|&&|\|\||[<>=!]=|[-+*/%<>!?:()]|\S/g) ?? [];
  let at = 0;
  const taken = (token) => tokens[at] === token && Boolean(++at);
  const expect = (token) => {
    if (!taken(token)) throw new SyntaxError(rule);
  };

  const choice = () => {
    const condition = binary(0);
    if (!taken("?")) return condition;
    const yes = choice();
    expect(":");
    const no = choice();
    return (n) => (condition(n) ? yes(n) : no(n));
  };
  const binary = (strength) => {
    if (strength === OPERATORS.length) return unary();
    let left = binary(strength + 1);
    for (let apply; (apply = OPERATORS[strength][tokens[at]]); ) {
      at += 1;
      const [first, act, second] = [left, apply, binary(strength + 1)];
      left = (n) => act(first(n), second(n));
    }
    return left;
  };
  const unary = () => {
    if (taken("!")) {
      const value = unary();
      return (n) => Number(!value(n));
    }
    if (taken("(")) {
      const inner = choice();
      expect(")");
      return inner;
    }
    const token = tokens[at++];
    if (token === "n") return (n) => n;
    if (!/^\d+$/.test(token)) throw new SyntaxError(rule);
    return () => Number(token);
  };

  const found = choice();
  if (at < tokens.length) throw new SyntaxError(rule);
  return (count) => Number(found(count));
}
