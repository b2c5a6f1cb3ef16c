import { normalCdf } from '../special-functions.js';
import { panels } from './quadrature.js';

/**
 * Where a Brownian motion is that has not been stopped yet, as masses at points: what a recursive
 * integration (Armitage, McPherson and Rowe) carries from look to look. At information t the
 * motion is B(t) = z √t, and B(t) ~ N(drift · t, t) if nobody stops it.
 */
export interface Walkers {
  /** Ascending. */
  readonly points: Float64Array;
  readonly masses: Float64Array;
}

/** The way from one look to the next: B changes by N(mean, sd²). */
export interface Stride {
  readonly mean: number;
  readonly sd: number;
}

/** Those who go on: between two levels after a stride, and by which sd they will step next. */
export interface Corridor {
  readonly from: number;
  readonly to: number;
  readonly nextSd: number;
}

export const start: Walkers = { points: Float64Array.of(0), masses: Float64Array.of(1) };

/** No mass is carried along that lies further than this many standard deviations from the mean. */
export const tail = 8.5;

/** Further than this many standard deviations away, a normal density adds nothing to a double. */
const reach = 9;

/** A panel this many standard deviations wide is integrated by ten points to about 1e-9. */
const panelWidth = 3;

/** P(not stopped so far, and beyond `level` after this stride). */
export function massAbove({ points, masses }: Walkers, stride: Stride, level: number): number {
  let sum = 0;
  for (let i = points.length - 1; i >= 0; i -= 1) {
    const distance = (level - (points[i] ?? 0) - stride.mean) / stride.sd;
    if (distance > reach) break;
    sum += (masses[i] ?? 0) * normalCdf(-distance);
  }
  return sum;
}

/** P(not stopped so far, and under `level` after this stride). */
export function massBelow({ points, masses }: Walkers, stride: Stride, level: number): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 1) {
    const distance = (level - (points[i] ?? 0) - stride.mean) / stride.sd;
    if (distance < -reach) break;
    sum += (masses[i] ?? 0) * normalCdf(distance);
  }
  return sum;
}

/** Density after the stride at each of `at`, which ascend. */
function densities({ points, masses }: Walkers, { mean, sd }: Stride, at: Float64Array) {
  const scale = 1 / (sd * Math.sqrt(2 * Math.PI));
  const found = new Float64Array(at.length);
  let first = 0;
  for (const [k, y] of at.entries()) {
    while (first < points.length && (y - (points[first] ?? 0) - mean) / sd > reach) first += 1;
    let sum = 0;
    for (let i = first; i < points.length; i += 1) {
      const distance = (y - (points[i] ?? 0) - mean) / sd;
      if (distance < -reach) break;
      sum += (masses[i] ?? 0) * Math.exp(-0.5 * distance * distance);
    }
    found[k] = sum * scale;
  }
  return found;
}

/** Density at one place after the stride. */
export const densityAt = (walkers: Walkers, stride: Stride, y: number): number =>
  densities(walkers, stride, Float64Array.of(y))[0] ?? 0;

/**
 * The density bends as sharply as the stride that made it and is read through the next one, so the
 * finer of both sets the panels.
 */
export function keepBetween(walkers: Walkers, stride: Stride, corridor: Corridor): Walkers {
  const { from, to, nextSd } = corridor;
  if (to <= from) return { points: new Float64Array(), masses: new Float64Array() };
  const { points, weights } = panels(from, to, panelWidth * Math.min(stride.sd, nextSd));
  const density = densities(walkers, stride, points);
  return { points, masses: density.map((value, i) => value * (weights[i] ?? 0)) };
}
