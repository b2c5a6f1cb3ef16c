import { gateBlock } from '../gate/gate-block.js';
import { freezeBlock } from './freeze-block.js';
import { hookBlock } from './hook-block.js';
import type { IncreaseBlock } from './increase.js';
import { limitBlock } from './limit-block.js';

/** In the order in which they are asked: what is sure comes before what somebody has to be asked for. */
const blocks: readonly IncreaseBlock[] = [limitBlock, freezeBlock, gateBlock, hookBlock];

/**
 * The one place that is asked before the candidate gets more than it has, by a step, by a
 * promotion, or after a resume: whatever brought the release there. Who gives it less asks nobody.
 */
export const mayIncrease: IncreaseBlock = (release, seen, increase, now) => {
  for (const block of blocks) {
    const found = block(release, seen, increase, now);
    if (found !== undefined) return found;
  }
  return undefined;
};
