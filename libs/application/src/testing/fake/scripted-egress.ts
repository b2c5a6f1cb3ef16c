import { afterEgressWrite, type EgressWrite, type LiveEgressObject } from '@spillway/domain-egress';
import type { ClusterName } from '@spillway/kernel';
import type { ApplyOutcome } from '../../port/cluster-link.js';
import type { EgressLink, EgressLook } from '../../port/egress-link.js';
import type { EgressAnswer, EgressMetrics } from '../../port/egress-metrics.js';

/** ServiceEntries, Sidecars and counted traffic of one cluster, as a test dictates them. */
export class ScriptedEgress implements EgressLink, EgressMetrics {
  objects: readonly LiveEgressObject[] = [];
  /** What was written, one entry a call: `apply ServiceEntry spillway-egress-…`. */
  readonly written: string[] = [];
  looks = 0;
  /** Given to the next writes instead of doing what they ask. */
  readonly answers: ApplyOutcome[] = [];
  isDown = false;
  answer: EgressAnswer = { kind: 'measured', requests: 100, seen: [] };
  private version = 0;

  constructor(readonly cluster: ClusterName) {}

  look(): Promise<EgressLook> {
    this.looks += 1;
    return Promise.resolve(
      this.isDown
        ? { kind: 'unreachable', reason: 'connection refused' }
        : { kind: 'seen', objects: this.objects },
    );
  }

  write(write: EgressWrite): Promise<ApplyOutcome> {
    const { kind, name } = write.do === 'apply' ? placed(write) : write.place;
    this.written.push(`${write.do} ${kind} ${name}`);
    const answer = this.answers.shift();
    if (answer !== undefined) return Promise.resolve(answer);
    this.version += 1;
    const resourceVersion = String(this.version);
    const stamp = { resourceVersion, at: '2026-01-05T10:00:00Z', manager: 'spillway' };
    const next = afterEgressWrite(this.objects, write, stamp);
    this.objects = next ?? this.objects;
    return Promise.resolve({ kind: next === undefined ? 'conflict' : 'applied' });
  }

  ask(): Promise<EgressAnswer> {
    return Promise.resolve(this.answer);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const placed = ({ object: { kind, metadata } }: Extract<EgressWrite, { do: 'apply' }>) => ({
  kind,
  name: metadata.name,
});
