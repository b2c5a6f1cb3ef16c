/** e^±700 is where numbers end: a limit out there is no limit. */
const farthest = 700;

/**
 * Where a condition that is false to the left becomes true, to the last digit. The line is that of
 * logarithms (of a ratio, of odds).
 */
export function turningPoint(isRight: (theta: number) => boolean): number {
  let [left, right] = [-1, 1];
  while (isRight(left)) [left, right] = [2 * left, left];
  while (!isRight(right) && right < farthest) [left, right] = [right, 2 * right];
  for (;;) {
    const middle = (left + right) / 2;
    if (middle <= left || middle >= right) return right;
    if (isRight(middle)) right = middle;
    else left = middle;
  }
}
