import {
  basisPoints,
  duration,
  parseDuration,
  parsePercent,
  type BasisPoints,
  type Duration,
} from '@spillway/kernel';
import { z } from 'zod';

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const anyCaseLabel = /^[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const service = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\/[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

const label =
  'small letters, digits and "-", at most 63, beginning and ending with a letter or digit';

export const nameText = z.string().regex(dnsLabel, { error: `must be ${label}` });

export const versionText = z
  .string()
  .regex(anyCaseLabel, { error: 'must be letters, digits and "-", at most 63' });

export const serviceText = z
  .string()
  .regex(service, { error: 'must be "namespace/name", each part a Kubernetes name' });

/** An optional DNS name and a slash before the name itself. */
const labelKey =
  /^(?:[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;

export const labelKeyText = z
  .string()
  .regex(labelKey, { error: 'must be the key of a Kubernetes label' });

export const labelValueText = z.string().regex(/^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/, {
  error: 'must be the value of a Kubernetes label',
});

const object =
  /^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\/)?[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/;

export const objectText = z
  .string()
  .regex(object, { error: 'must be "namespace/name" or a name, as Kubernetes has them' });

/** A day more than any year: longer is a typing error, and dates would overflow. */
const longest = 367 * 86_400_000;

const isDuration = (text: string): boolean => {
  const length = text.length > 40 ? undefined : parseDuration(text);
  return length !== undefined && length <= longest;
};

export const durationText = z
  .string()
  .refine(isDuration, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} is not a duration such as "90s", "1m30s" or "2h", at most 366d`,
  })
  .meta({ pattern: durationPattern.source });

export const positiveDurationText = durationText.refine((text) => parseDuration(text) !== 0, {
  error: 'must be longer than 0s',
});

/** Text that `durationText` has accepted. */
export const toDuration = (text: string): Duration => duration(parseDuration(text) ?? Number.NaN);

export const percent = z
  .number()
  .min(0, { error: 'must be 0 to 100 percent', abort: true })
  .max(100, { error: 'must be 0 to 100 percent', abort: true })
  .refine((n) => parsePercent(n) !== undefined, { error: 'must have at most two decimals' });

/** A number that `percent` has accepted. */
export const toShare = (accepted: number): BasisPoints =>
  basisPoints(parsePercent(accepted) ?? Number.NaN);

export const labels = z.record(z.string().min(1).max(317), z.string().max(63));

export const moment = z.iso.datetime();
export const toMoment = (ms: number): string => new Date(ms).toISOString();

/** GraphQL’s integers have 32 bits. */
export const largestInt = 2_147_483_647;

export const count = z.int().min(0).max(largestInt);
