import type { ApplyOutcome, EgressLink, EgressLook } from '@spillway/application';
import type { EgressKind, EgressWrite } from '@spillway/domain-egress';
import { duration, type ClusterName } from '@spillway/kernel';
import type { ApiSession } from '../api-session.js';
import { reasonOf } from '../reflector.js';
import type { Patience } from '../written.js';
import { egressPath, egressPlurals, listEgress, toEgressObject } from './list-egress.js';
import { writeEgress } from './write-egress.js';

const shortly = duration(1_000);

const kinds = Object.keys(egressPlurals) as readonly EgressKind[];

/** Two lists for a look, one call for a write, and nothing in between. */
export class KubernetesEgressLink implements EgressLink {
  /** How long to wait for one that did not answer the last time: others wait behind it. */
  private patience: Patience;
  /** Of what was looked at last, by path. */
  private uids: ReadonlyMap<string, string> = new Map();

  constructor(
    readonly cluster: ClusterName,
    private readonly session: ApiSession,
  ) {}

  async look(): Promise<EgressLook> {
    try {
      const lists = await Promise.all(
        kinds.map(async (kind) => ({
          kind,
          items: await listEgress(this.session, kind, this.patience),
        })),
      );
      this.patience = undefined;
      const all = lists.flatMap(({ kind, items }) => items.map((item) => ({ kind, item })));
      this.uids = new Map(
        all.map(({ kind, item: { metadata } }) => [
          egressPath(kind, { namespace: '', ...metadata }),
          metadata.uid ?? '',
        ]),
      );
      return { kind: 'seen', objects: all.map(({ kind, item }) => toEgressObject(kind, item)) };
    } catch (error) {
      this.patience = shortly;
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  }

  write(write: EgressWrite): Promise<ApplyOutcome> {
    const path =
      write.do === 'apply'
        ? egressPath(write.object.kind, write.object.metadata)
        : egressPath(write.place.kind, write.place);
    return writeEgress(this.session, write, this.uids.get(path));
  }

  close(): Promise<void> {
    return this.session.close();
  }
}
