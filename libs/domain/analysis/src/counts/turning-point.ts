/** e^±700 is where numbers end: a limit out there is no limit. */
const farthest = 700;

/** A ratio to twelve digits; the last four would cost a quarter of the time. */
const closeness = 1e-12;

/**
 * Where a condition that is false to the left becomes true; the line is that of
 * logarithms (of a ratio, of odds).
 */
export function turningPoint(isRight: (theta: number) => boolean): number {
  let [left, right] = [-1, 1];
  while (isRight(left)) [left, right] = [2 * left, left];
  while (!isRight(right) && right < farthest) [left, right] = [right, 2 * right];
  while (right - left > closeness * Math.max(1, Math.abs(right))) {
    const middle = (left + right) / 2;
    if (isRight(middle)) right = middle;
    else left = middle;
  }
  return right;
}
