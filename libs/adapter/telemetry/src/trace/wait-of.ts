import type { Phase, Release } from '@spillway/domain-release';
import type { OpenSpan } from './open-span.js';

type WaitOf = (release: Release) => OpenSpan;

const waits: Partial<Record<Phase, WaitOf>> = {
  queued: () => ({ key: 'queued', name: 'queued', attributes: {} }),
  held: ({ held }) => ({
    key: `held ${held?.since}`,
    name: 'held',
    attributes: { 'spillway.reason': held?.reason.kind },
  }),
  paused: ({ paused }) => ({ key: `paused ${paused?.since}`, name: 'paused', attributes: {} }),
  awaitingApproval: ({ awaiting }) => ({
    key: `gate ${awaiting?.gate} ${awaiting?.since}`,
    name: 'gate',
    attributes: { 'spillway.gate': awaiting?.gate },
  }),
};

/** What stands between a release and its next step. */
export const waitOf = (release: Release): OpenSpan | undefined => waits[release.phase]?.(release);
