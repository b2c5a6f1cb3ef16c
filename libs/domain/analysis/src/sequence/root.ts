/** Steps that halve any bracket of numbers to neighbours. */
const halvings = 200;

/**
 * Where `f` changes its sign between `from` and `to`, to the last bit. `f` is negative at `from`;
 * where it nowhere gets positive, the answer is `to`.
 */
export function rootBetween(f: (x: number) => number, from: number, to: number): number {
  let [below, above] = [from, to];
  for (let i = 0; i < halvings; i += 1) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) break;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

const golden = (Math.sqrt(5) - 1) / 2;

/** Steps that narrow a bracket to about 1e-12 of its length; closer, a minimum is flat in doubles. */
const narrowings = 60;

/** Where a function with one valley between `from` and `to` is least. */
export function leastBetween(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let i = 0; i < narrowings; i += 1) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}
