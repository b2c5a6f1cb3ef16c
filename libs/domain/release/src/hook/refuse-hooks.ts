import { isDnsLabel, refusal, type Refusal } from '@spillway/kernel';
import type { Hook } from './hook.js';

const maxHooks = 20;
const maxTimeout = 60_000;
const maxRetries = 10;
const minInterval = 1_000;
const maxInterval = 3_600_000;
const maxMetadata = 16_384;

/** What is wrong with the hooks of a strategy; `undefined` when nothing is. */
export function refuseHooks(hooks: readonly Hook[]): Refusal | undefined {
  if (hooks.length > maxHooks) {
    return wrong(`There are ${hooks.length} hooks.`, `Write at most ${maxHooks}.`, 'hooks');
  }
  for (const [i, hook] of hooks.entries()) {
    const field = `hooks[${i}]`;
    const isTwice = hooks.findIndex(({ name }) => name === hook.name) < i;
    const found = isTwice
      ? wrong(
          `Hook "${hook.name}" is there twice.`,
          'Give each hook a name of its own.',
          `${field}.name`,
        )
      : refuseHook(hook, field);
    if (found !== undefined) return found;
  }
  return undefined;
}

const refuseHook = (hook: Hook, field: string): Refusal | undefined =>
  refuseName(hook, field) ??
  refuseNumber(hook.timeout, 1, maxTimeout, `${field}.timeout`) ??
  refuseNumber(hook.retries, 0, maxRetries, `${field}.retries`) ??
  refuseNumber(hook.interval, minInterval, maxInterval, `${field}.interval`) ??
  refuseNumber(hook.failureLimit, 0, 1_000, `${field}.failureLimit`) ??
  refuseMetadata(hook, field);

const refuseName = ({ name }: Hook, field: string): Refusal | undefined =>
  isDnsLabel(name)
    ? undefined
    : wrong(`Hook "${name}" has no name.`, 'Use letters a-z, digits and "-".', `${field}.name`);

/** Lengths of time are counted in milliseconds. */
function refuseNumber(n: number, min: number, max: number, field: string): Refusal | undefined {
  if (Number.isInteger(n) && n >= min && n <= max) return undefined;
  const unit = /timeout|interval/.test(field) ? ' ms' : '';
  return wrong(`${field} is ${n}${unit}.`, `Write ${min} to ${max}${unit}.`, field);
}

const refuseMetadata = ({ metadata, name }: Hook, field: string): Refusal | undefined =>
  JSON.stringify(metadata).length <= maxMetadata
    ? undefined
    : wrong(
        `The metadata of hook "${name}" is too long.`,
        `Write at most ${maxMetadata} characters.`,
        `${field}.metadata`,
      );

const wrong = (message: string, next: string, field: string): Refusal =>
  refusal('INVALID_STRATEGY', message, next, field);
