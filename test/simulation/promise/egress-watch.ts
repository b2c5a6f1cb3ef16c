import type { SimulatedMesh } from '@spillway/adapter-cluster';
import type { LiveEgressObject } from '@spillway/domain-egress';
import { fieldsOf } from '@spillway/domain-istio';
import type { Book } from '../book.js';

const closed = 'REGISTRY_ONLY';

export const isOwnEgress = ({ metadata }: LiveEgressObject): boolean =>
  metadata.name.startsWith('spillway-egress');

export const isClosing = ({ kind, spec }: LiveEgressObject): boolean =>
  kind === 'Sidecar' && fieldsOf(fieldsOf(spec)['outboundTrafficPolicy'])['mode'] === closed;

/** What people wrote, but for what Spillway may close in it. */
const peoplesText = (objects: readonly LiveEgressObject[]): string =>
  objects
    .filter((object) => !isOwnEgress(object))
    .map(({ kind, metadata: { name }, spec }) => {
      const { outboundTrafficPolicy: _ours, ...rest } = fieldsOf(spec);
      return JSON.stringify([kind, name, rest]);
    })
    .toSorted()
    .join();

/** Looks at each write of Spillway to what lets requests leave a cluster. */
export function watchEgress({ cluster, egress }: SimulatedMesh, book: Book): void {
  const write = egress.write.bind(egress);
  egress.write = (wanted, manager = 'spillway') => {
    const before = egress.objects();
    const outcome = write(wanted, manager);
    if (manager !== 'spillway') return outcome;
    const now = egress.objects();
    if (peoplesText(before) !== peoplesText(now)) {
      book.break('what people let out stays as it is', cluster);
    }
    const isClosed = now.some(isClosing) && !before.some(isClosing);
    if (isClosed && !now.some(({ kind }) => kind === 'ServiceEntry')) {
      book.break('nothing is closed before what stays open is there', cluster);
    }
    return outcome;
  };
}
