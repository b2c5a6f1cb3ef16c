import { namespaceName } from '@spillway/kernel';
import type { NewEgressPolicy } from '@spillway/application';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';

const shop = namespaceName('shop');
const hosts = ['api.stripe.com', 'feeds.example.com', 'mail.example.com'] as const;

const entryFor = (host: string): NewEgressPolicy['allow'][number] => ({
  hosts: [host],
  ports: [{ number: 443, protocol: 'TLS' }],
  owner: 'ana',
  reason: 'needed',
  resolution: 'NONE',
});

/** People's own, which Spillway may close and has to open again. */
const sidecar = { kind: 'Sidecar', namespace: shop, name: 'default' } as const;
const entry = { kind: 'ServiceEntry', namespace: shop, name: 'theirs' } as const;

/** What a namespace may reach, and what others make of that. */
export const egressActs = {
  egress: (night: Night, dice: Dice) => {
    const [first = hosts[0], ...rest] = hosts.filter(() => dice.under(2) === 0);
    const [one, ...others] = night.everywhere.filter(() => dice.under(3) > 0);
    const mode = dice.one(['observe', 'enforce', 'enforce'] as const);
    const clusters = one === undefined ? night.everywhere : [one, ...others];
    const allow = [first, ...rest].map(entryFor);
    const policy = {
      namespace: shop,
      clusters,
      mode,
      allow,
      acceptBlocked: 'nobody knows at night',
    };
    night.ask('ana', 'egress', (api, caller) => api.putEgressPolicy(policy, caller));
    return `ana lets shop reach ${[first, ...rest].join(', ')}: ${mode} in ${clusters.join(', ')}`;
  },
  egressBack: (night: Night) => {
    const command = { namespace: shop, comment: '' };
    night.ask('kim', 'egress', (api, caller) => api.rollbackEgress(command, caller));
    return 'kim opens shop again';
  },
  egressEdited: ({ site, clusters }: Night, dice: Dice) => {
    const cluster = dice.one(clusters);
    const { egress } = site.mesh(cluster);
    const edits = {
      'makes a Sidecar': () => egress.put({ ...sidecar, spec: { egress: [{ hosts: ['./*'] }] } }),
      'allows a host': () => egress.put({ ...entry, spec: { hosts: ['one.example.com'] } }),
      'removes what there is': () => {
        for (const { kind, metadata } of egress.objects()) egress.remove({ kind, ...metadata });
      },
    } as const;
    const text = dice.one(Object.keys(edits) as (keyof typeof edits)[]);
    edits[text]();
    return `${cluster}: somebody ${text} for what leaves shop`;
  },
} as const;
