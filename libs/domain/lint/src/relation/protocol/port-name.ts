import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { Spot } from '../../object/spot.js';
import { saysProtocol } from '../world/port.js';
import type { World } from '../world/world.js';

export const portNameRows = {
  PORT_NAME_SAYS_NO_PROTOCOL: {
    severity: 'info',
    istio: 'IST0118',
    means: 'The name of a Service’s port does not say its protocol, and there is no appProtocol.',
    consequence: 'Proxies look at the first bytes of each connection to find out.',
    next: 'Name the port <protocol> or <protocol>-<suffix>, or set appProtocol.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(portNameRows);

export const checkPortNames = ({ services }: World): readonly Finding[] =>
  services.flatMap((object) =>
    new Spot(object.spec, 'spec')
      .at('ports')
      .items()
      .filter((port) => port.at('appProtocol').text === '' && port.at('protocol').text !== 'UDP')
      .filter((port) => !saysProtocol(port.at('name').text))
      .map((port) =>
        found('PORT_NAME_SAYS_NO_PROTOCOL', {
          object,
          path: port.path,
          message: `The name "${port.at('name').text}" of port ${port.at('port').number ?? 'without number'} says no protocol.`,
        }),
      ),
  );
