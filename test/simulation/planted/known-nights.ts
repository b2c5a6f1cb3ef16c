/**
 * Short nights in which a bug is found, by its name; `npm run simulate -- --mutations` looks for others. Without one the first
 * nights are short enough.
 */
export const knownNights: Readonly<Record<string, readonly number[]>> = {
  'fence skipped': [83, 203],
  'conflict overridden': [167],
  'an answer is believed': [2],
  'an edit is undone silently': [6, 12],
  'stale worker': [4],
  'one approval is two': [9],
  'freeze ignored': [5],
  'rollback waits for a lost cluster': [2],
  'old window counted': [3],
  'errors not counted': [3],
  'hook’s no taken as yes': [25],
  'limit ignored': [5],
  'cluster of a wave forgotten': [4],
  'left with the candidate': [3],
  'leaf of others overwritten': [4],
};
