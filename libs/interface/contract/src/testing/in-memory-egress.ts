import type {
  Caller,
  EgressRecord,
  EgressReport,
  EgressStatus,
  NewEgressPolicy,
  Page,
  PageRequest,
} from '@spillway/application';
import { aMoment } from '@spillway/domain-release/testing';
import { clusterName, duration, generation, namespaceName } from '@spillway/kernel';
import { pageOf } from './page-of.js';

/** Egress policies that are kept as they were given, with one finding for whoever asks. */
export class InMemoryEgress {
  private readonly policies = new Map<string, EgressRecord>();

  put(policy: NewEgressPolicy, { actor }: Caller): EgressRecord {
    const { generation: before = 0 } = this.policies.get(policy.namespace) ?? {};
    const record: EgressRecord = {
      ...policy,
      generation: generation(before + 1),
      changedBy: actor,
      because: `${actor} applied it`,
      rollouts: policy.clusters.map((cluster) => ({ cluster, mode: policy.mode })),
      createdAt: aMoment,
      updatedAt: aMoment,
    };
    this.policies.set(policy.namespace, record);
    return record;
  }

  find = (namespace: string): EgressRecord | undefined => this.policies.get(namespace);

  status(namespace: string): EgressStatus | undefined {
    const record = this.policies.get(namespace);
    const drift = ['Sidecar shop/spillway-egress is missing'];
    return (
      record && {
        record,
        places: record.clusters.map((cluster) => ({ cluster, drift, remarks: [] })),
      }
    );
  }

  list = (page: PageRequest): Page<EgressRecord> => pageOf([...this.policies.values()], page);

  report = (namespace: string): EgressReport => ({
    namespace: namespaceName(namespace),
    at: aMoment,
    window: duration(86_400_000),
    clusters: [
      {
        cluster: clusterName('eu-west'),
        kind: 'measured',
        requests: 1_000,
        remarks: [],
        findings: [
          {
            workload: 'catalog',
            host: 'api.example.com',
            port: 80,
            protocol: 'http',
            requests: 12,
            lastSeen: aMoment,
            isBlocked: false,
            isBeforeAllowList: false,
            wouldBlock: true,
          },
        ],
      },
      { cluster: clusterName('us-east'), kind: 'noData', because: 'no proxy counted anything' },
    ],
  });
}
