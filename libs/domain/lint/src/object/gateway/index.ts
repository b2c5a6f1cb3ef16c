import { fieldsOf } from '@spillway/domain-istio';
import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { Spot } from '../spot.js';
import { isDnsLabel } from '../syntax/dns.js';
import { all, each } from '../walk.js';
import { server } from './server.js';

export const gatewayObjectRules = rules({
  GATEWAY_OBJECT_NAME_INVALID: refused('A Gateway has a name that is not a DNS label.', {
    without: 'it is stored, and VirtualServices cannot name it',
    next: 'Use a name without dots.',
  }),
  GATEWAY_SERVER_MISSING: refused('A Gateway has no server.', {
    without: 'it is stored, and nothing listens',
    next: 'Add a server with a port and hosts.',
  }),
  SERVER_PORT_NAME_DUPLICATE: refused('Two ports of a Gateway have the same name.', {
    without: 'it is stored, and routes of the two may be mixed up',
    next: 'Rename one of the ports.',
  }),
});

const objectName: Check = function* (_, { object }) {
  const { name } = fieldsOf(object.metadata);
  if (typeof name !== 'string' || isDnsLabel(name)) return;
  yield gatewayObjectRules.GATEWAY_OBJECT_NAME_INVALID.on(
    new Spot(name, 'metadata.name'),
    `Name ${JSON.stringify(name)} is not a DNS label.`,
  );
};

const servers: Check = function* (spec) {
  const list = spec.at('servers');
  if (!spec.isObject || (list.isSet && !Array.isArray(list.value))) return;
  if (list.items().length === 0) {
    yield gatewayObjectRules.GATEWAY_SERVER_MISSING.on(list, 'There is no server.');
  }
  const seen = new Set<string>();
  const ports = list.items().map((item) => item.at('port').at('name'));
  for (const name of ports.filter(({ text }) => text !== '')) {
    if (seen.has(name.text)) {
      yield gatewayObjectRules.SERVER_PORT_NAME_DUPLICATE.on(
        name,
        `${name.text} is there already.`,
      );
    }
    seen.add(name.text);
  }
};

export const gateway: Check = all(objectName, servers, each('servers', server));
