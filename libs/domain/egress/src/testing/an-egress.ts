import { instant } from '@spillway/kernel';
import { afterEgressWrite } from '../after-write.js';
import type { EgressWrite } from '../egress-write.js';
import type { LiveEgress, LiveEgressObject } from '../live-egress.js';
import { egressSettlingTime, nextEgressWrite } from '../next-egress-write.js';
import type { AllowedEgress, WantedEgress } from '../policy.js';

export const anAllowed = (overrides: Partial<AllowedEgress> = {}): AllowedEgress => ({
  hosts: ['api.stripe.com'],
  ports: [{ number: 443, protocol: 'TLS' }],
  owner: 'payments',
  reason: 'Card payments',
  resolution: 'NONE',
  ...overrides,
});

export const aWanted = (overrides: Partial<WantedEgress> = {}): WantedEgress => ({
  namespace: 'shop',
  mode: 'observe',
  allow: [anAllowed()],
  ...overrides,
});

type Given = Pick<LiveEgressObject, 'kind'> & {
  readonly namespace?: string;
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly createdAt?: string;
  readonly spec: unknown;
};

/** As people wrote it with kubectl. */
export const aForeign = ({
  kind,
  namespace = 'shop',
  name = 'default',
  annotations = {},
  createdAt = '2026-01-01T00:00:00Z',
  spec,
}: Given): LiveEgressObject => ({
  kind,
  metadata: {
    namespace,
    name,
    labels: {},
    annotations,
    resourceVersion: `of-${name}`,
    createdAt,
    managers: [{ name: 'kubectl', at: createdAt }],
  },
  spec,
});

/** A cluster that carries writes out at once, on a clock that only waits move. */
export class EgressBench {
  readonly written: EgressWrite[] = [];
  now = instant(0);
  private since = instant(0);
  private version = 0;

  constructor(public objects: readonly LiveEgressObject[] = []) {}

  live(): LiveEgress {
    return { objects: this.objects, since: this.since };
  }

  /** Does what there is to do; gives `writes` of each turn, and the waits. */
  bring(wanted: WantedEgress): readonly string[] {
    const told: string[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const next = nextEgressWrite(wanted, this.live(), this.now);
      if (next.do === 'nothing') return told;
      if (next.do === 'stop') return [...told, `stop: ${next.because}`];
      if (next.do === 'wait') {
        told.push('wait');
        this.now = next.until;
      } else {
        told.push(next.writes.map((write) => this.write(write)).join(' + '));
      }
    }
    throw new Error(`no end: ${told.join('; ')}`);
  }

  write(write: EgressWrite): string {
    this.version += 1;
    const stamp = { resourceVersion: String(this.version), at: 'now', manager: 'spillway' };
    const next = afterEgressWrite(this.objects, write, stamp);
    if (next === undefined) throw new Error(`conflict: ${JSON.stringify(write)}`);
    this.objects = next;
    this.since = this.now;
    this.written.push(write);
    const place =
      write.do === 'apply' ? { kind: write.object.kind, ...write.object.metadata } : write.place;
    return `${write.do} ${place.kind} ${place.name}`;
  }

  settle(): void {
    this.now = instant(this.now + egressSettlingTime);
  }

  find(kind: LiveEgressObject['kind'], name: string): LiveEgressObject | undefined {
    return this.objects.find((one) => one.kind === kind && one.metadata.name === name);
  }
}
