import type { IncreaseBlock } from '../increase/increase.js';
import { atGate } from './at-gate.js';
import { gatesOf } from './gates-of-plan.js';

/**
 * A gate in front of where the release stands that it did not pass. The plan's own way passes them
 * one by one; who promotes or jumps comes to those that were left out here, so none is ever skipped.
 */
export const gateBlock: IncreaseBlock = (release, seen, _increase, now) => {
  for (const planned of gatesOf(release.plan)) {
    if (planned.index >= release.cursor.index) return undefined;
    const decision = atGate(release, seen, planned, now);
    if (decision !== undefined) return decision;
  }
  return undefined;
};
