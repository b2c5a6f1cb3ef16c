import type { Hook } from '@spillway/domain-release';
import { formatDuration, secretName } from '@spillway/kernel';
import { toDuration } from '../schema/scalars.js';
import type { ParsedHook } from './hook-document.js';

export const toHook = ({ secret, timeout, interval, ...hook }: ParsedHook): Hook => ({
  ...hook,
  timeout: toDuration(timeout),
  interval: toDuration(interval),
  ...(secret === undefined ? {} : { secret: secretName(secret) }),
});

export const toHookDocument = ({ timeout, interval, metadata, ...hook }: Hook): ParsedHook => ({
  ...hook,
  timeout: formatDuration(timeout),
  interval: formatDuration(interval),
  metadata: { ...metadata },
});
