/** A point of the function whose zero is sought. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const absoluteTolerance = 1e-4;
const epsilon = 2.220446049250313e-16;
const maxSteps = 1_001;

/**
 * Brent's zeroin (Algorithms for Minimization without Derivatives, 1973, chapter 4), step by step.
 *
 * Kayenta's function is a staircase: it has whole stretches of zero, and steps across which it
 * changes sign without a zero. Which point of a stretch, or which side of a step, is answered
 * depends on each step taken and on the tolerance in the metric's own unit. So nothing here may be
 * rearranged, and no other root finder gives Kayenta's answers.
 */
export function zeroin(f: (x: number) => number, low: Point, high: Point): number {
  if (low.y === 0) return low.x;
  let bracket: Bracket = { previous: low, best: high, opposite: low };
  for (let step = 0; step < maxSteps && bracket.best.y !== 0; step += 1) {
    const lastMove = bracket.best.x - bracket.previous.x;
    bracket = withBestFirst(bracket);
    const tolerance = 2 * epsilon * Math.abs(bracket.best.x) + absoluteTolerance / 2;
    const half = (bracket.opposite.x - bracket.best.x) / 2;
    if (Math.abs(half) <= tolerance) break;
    const move = interpolatedMove(bracket, lastMove, tolerance) ?? half;
    const x = bracket.best.x + atLeast(tolerance, move);
    bracket = movedTo({ x, y: f(x) }, bracket);
  }
  return bracket.best.x;
}

interface Bracket {
  readonly previous: Point;
  readonly best: Point;
  readonly opposite: Point;
}

const withBestFirst = (bracket: Bracket): Bracket =>
  Math.abs(bracket.opposite.y) < Math.abs(bracket.best.y)
    ? { previous: bracket.best, best: bracket.opposite, opposite: bracket.best }
    : bracket;

/** Upwards only where the move was; a move of 0 goes down. */
function atLeast(tolerance: number, move: number): number {
  if (Math.abs(move) >= tolerance) return move;
  return move > 0 ? tolerance : -tolerance;
}

const movedTo = (next: Point, { best, opposite }: Bracket): Bracket => ({
  previous: best,
  best: next,
  opposite: next.y * Math.sign(opposite.y) > 0 ? best : opposite,
});

/** A move of p/q, where it stays well within the bracket and is less than half of the last one. */
function interpolatedMove(
  bracket: Bracket,
  lastMove: number,
  tolerance: number,
): number | undefined {
  const { previous, best } = bracket;
  if (Math.abs(lastMove) < tolerance || Math.abs(previous.y) <= Math.abs(best.y)) return undefined;
  const width = bracket.opposite.x - best.x;
  const raw =
    previous.x === bracket.opposite.x ? secant(bracket, width) : inverseQuadratic(bracket, width);
  const p = Math.abs(raw.p);
  const q = raw.p > 0 ? -raw.q : raw.q;
  const isInside = p < 0.75 * width * q - Math.abs(tolerance * q) / 2;
  return isInside && p < Math.abs((lastMove * q) / 2) ? p / q : undefined;
}

interface Fraction {
  readonly p: number;
  readonly q: number;
}

function secant({ previous, best }: Bracket, width: number): Fraction {
  const ratio = best.y / previous.y;
  return { p: width * ratio, q: 1 - ratio };
}

function inverseQuadratic({ previous, best, opposite }: Bracket, width: number): Fraction {
  const far = previous.y / opposite.y;
  const near = best.y / opposite.y;
  const last = best.y / previous.y;
  return {
    p: last * (width * far * (far - near) - (best.x - previous.x) * (near - 1)),
    q: (far - 1) * (near - 1) * (last - 1),
  };
}
