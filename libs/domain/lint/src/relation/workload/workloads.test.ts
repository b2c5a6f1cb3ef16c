import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject, brief } from '../../testing/an-object.js';
import { aGateway, aPod, aService, aVirtualService } from '../../testing/mesh.js';
import { lintRelations } from '../lint-relations.js';

const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  brief(lintRelations(objects));

describe('pods behind several Services', () => {
  const pod = aPod('shop/a', { app: 'a' });
  const service = (name: string, port: object): MeshObject =>
    anObject('Service', `shop/${name}`, { selector: { app: 'a' }, ports: [port] });
  const http = service('one', { name: 'http', port: 80 });

  it('are told the same protocol for the same port', () => {
    expect(lint(pod, http, service('two', { name: 'http-a', port: 80 }))).toEqual([]);
    expect(lint(pod, http, service('two', { name: 'tcp', port: 80 }))).toEqual([
      'PORT_PROTOCOL_DIFFERS Pod/a',
    ]);
  });

  it('are reached at a port of theirs from the same port', () => {
    expect(lint(pod, http, service('two', { name: 'http', port: 81, targetPort: 80 }))).toEqual([
      'TARGET_PORT_DIFFERS Pod/a',
    ]);
    expect(lint(pod, http, service('two', { name: 'http', port: 81 }))).toEqual([]);
  });
});

describe('the ports of a Gateway', () => {
  const container = { ports: [{ name: 'web', containerPort: 80 }] };
  const pod = anObject(
    'Pod',
    'edge/gw',
    { containers: [container] },
    {
      labels: { istio: 'ingressgateway' },
    },
  );
  const service = (targetPort: unknown): MeshObject =>
    anObject('Service', 'edge/gw', {
      selector: { istio: 'ingressgateway' },
      ports: [{ name: 'http', port: 8080, targetPort }],
    });
  const gateway = aGateway('edge/web', ['a.test']);

  it.each([
    [80, []],
    ['web', []],
    ['nameless', []],
    [undefined, ['GATEWAY_PORT_NOT_ON_SERVICE Gateway/web spec.servers[0].port.number']],
    [8443, ['GATEWAY_PORT_NOT_ON_SERVICE Gateway/web spec.servers[0].port.number']],
  ])('are reached by a Service with the targetPort %j', (targetPort, expected) => {
    expect(lint(pod, service(targetPort), gateway)).toEqual(expected);
  });

  it('need no Service if there is none at all', () => {
    expect(lint(pod, gateway)).toEqual([]);
  });
});

describe('the egress of a Sidecar', () => {
  const rules = aVirtualService('shop/vs', 'catalog', ['catalog']);
  const sidecar = (namespace: string, hosts?: readonly string[]): MeshObject =>
    anObject('Sidecar', `${namespace}/default`, hosts === undefined ? {} : { egress: [{ hosts }] });

  it.each([
    ['shop', ['./*']],
    ['shop', ['*/*']],
    ['shop', ['shop/catalog.shop.svc.cluster.local']],
    ['shop', ['*/*.shop.svc.cluster.local', 'istio-system/*']],
    ['far', ['./*']],
    ['shop', undefined],
  ])('lets the rules of its namespace through: %s %j', (namespace, hosts) => {
    expect(lint(rules, sidecar(namespace, hosts))).toEqual([]);
  });

  it.each([[['istio-system/*']], [['~/*']], [['./pay.shop.svc.cluster.local']]])(
    'keeps them from its proxies: %j',
    (hosts) => {
      expect(lint(rules, sidecar('shop', hosts))).toEqual([
        'SIDECAR_HIDES_RULES Sidecar/default spec.egress',
      ]);
    },
  );
});

describe('the name of a Service’s port', () => {
  const says = (port: object): boolean =>
    lint(aService('shop/a', [{ port: 80, ...port }])).length === 0;

  it.each(['http', 'http-web', 'grpc', 'grpc-web', 'grpc-web-a', 'tcp-db', 'mongo', 'redis-1'])(
    'says the protocol: %s',
    (name) => expect(says({ name })).toBe(true),
  );

  it.each(['', 'web', 'httpweb', 'web-http', 'constructor'])('does not: %j', (name) => {
    expect(says({ name })).toBe(false);
  });

  it('need not where there is an appProtocol, or the port is UDP', () => {
    expect(says({ name: 'web', appProtocol: 'http' })).toBe(true);
    expect(says({ name: 'dns', protocol: 'UDP' })).toBe(true);
  });
});
