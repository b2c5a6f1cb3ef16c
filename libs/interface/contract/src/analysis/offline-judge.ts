import { CodedError, ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { sayable } from './non-finite.js';

/** `computed`: numbers without a judgement. `running`: a threshold metric that needs more readings. */
export const verdictKinds = [
  'pass',
  'fail',
  'inconclusive',
  'noData',
  'splitNotInForce',
  'running',
  'computed',
] as const;

export type VerdictKind = (typeof verdictKinds)[number];

/** What a judge said of a case. */
export interface Judged {
  readonly verdict: VerdictKind;
  readonly because: string;
  readonly evidence: object;
}

/** A judge as the outside sees it: what it takes, what it shows, and how to ask it. */
export interface OfflineJudge {
  readonly about: string;
  readonly settings: z.ZodType;
  readonly measurements: z.ZodType;
  readonly evidence: z.ZodType;
  /** Reads both as they came, and judges. The refusal names the first wrong fields. */
  judge(input: JudgeInput): Result<Judged, Refusal>;
}

export interface JudgeInput {
  readonly settings?: unknown;
  readonly measurements?: unknown;
}

/** The shape that is documented, with nothing to be written to. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** Every field of an interface, each with its schema: none is forgotten when a field is added. */
export type Fields<T> = { readonly [Key in keyof Required<T>]: z.ZodType };

interface Parts<Settings, Measurements, Evidence extends z.ZodType> {
  readonly about: string;
  readonly settings: z.ZodType<Settings>;
  readonly measurements: z.ZodType<Measurements>;
  readonly evidence: Evidence;
  /** What cannot be seen of settings or measurements alone. */
  readonly refuse?: (measurements: Measurements, settings: Settings) => Refusal | undefined;
  readonly judge: (
    measurements: Measurements,
    settings: Settings,
  ) => {
    readonly kind: VerdictKind;
    readonly because: string;
    readonly evidence: Frozen<z.output<Evidence>>;
  };
}

/** A judge refuses numbers that belong together and do not fit. */
export function unlessRefused(compute: () => Judged): Result<Judged, Refusal> {
  try {
    return ok(compute());
  } catch (thrown) {
    if (!(thrown instanceof CodedError) || thrown.code !== 'INVALID_INPUT') throw thrown;
    return refuse(refusal(thrown.code, thrown.message, thrown.next));
  }
}

/** How many wrong fields of one case are named at once. */
const shownFields = 3;

/** Compiles as long as the documented evidence has all that the judge says. */
export function offlineJudge<Settings, Measurements, Evidence extends z.ZodType>(
  parts: Parts<Settings, Measurements, Evidence>,
): OfflineJudge {
  const { about, settings, measurements, evidence } = parts;
  const input = document({ settings, measurements });
  return {
    about,
    settings,
    measurements,
    evidence,
    judge: ({ settings: given = {}, measurements: seen }) => {
      const read = parse(input, { settings: given, measurements: seen }, shownFields);
      if (!read.ok) return read;
      const [taken, by] = [
        read.value.measurements as Measurements,
        read.value.settings as Settings,
      ];
      const refused = parts.refuse?.(taken, by);
      if (refused !== undefined) return refuse(refused);
      return unlessRefused(() => {
        const { kind, because, evidence: found } = parts.judge(taken, by);
        return { verdict: kind, because, evidence: sayable(found) as object };
      });
    },
  };
}
