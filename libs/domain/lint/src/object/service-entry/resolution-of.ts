import type { Spot } from '../spot.js';

/** How endpoints are found; NONE where nothing is said. */
export const resolutionOf = (spec: Spot): string => spec.at('resolution').text || 'NONE';
