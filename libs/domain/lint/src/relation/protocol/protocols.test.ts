import { describe, expect, it } from '@jest/globals';
import type { MeshObject } from '@spillway/domain-istio';
import { anObject } from '../../testing/an-object.js';
import { aService } from '../../testing/mesh.js';
import { lintRelations } from '../lint-relations.js';

const rules = (kind: string, port?: number): MeshObject =>
  anObject('VirtualService', 'shop/vs', {
    hosts: ['a'],
    [kind]: [port === undefined ? {} : { match: [{ port }] }],
  });

const lint = (...objects: readonly MeshObject[]): readonly string[] =>
  lintRelations(objects)
    .filter(({ code }) => code !== 'PORT_NAME_SAYS_NO_PROTOCOL')
    .map(({ code, path }) => `${code} ${path}`);

const http = 'HTTP_RULES_ON_OTHER_PORT';
const tcp = 'TCP_RULES_ON_HTTP_PORT';

describe('rules and the port that they are for', () => {
  it.each([
    ['http', { name: 'http' }, []],
    ['http', { name: 'grpc-a' }, []],
    ['http', { name: 'web' }, []],
    ['http', { name: 'web', appProtocol: 'http2' }, []],
    ['http', { name: 'tcp-a' }, [`${http} spec.http`]],
    ['http', { name: 'https' }, [`${http} spec.http`]],
    ['http', { name: 'http', appProtocol: 'tcp' }, [`${http} spec.http`]],
    ['tcp', { name: 'http' }, [`${tcp} spec.tcp`]],
    ['tls', { name: 'http' }, [`${tcp} spec.tls`]],
    ['tcp', { name: 'mysql' }, []],
    ['tls', { name: 'tls-a' }, []],
    ['tcp', { name: 'web' }, []],
  ])('%s rules on %j', (kind, port, expected) => {
    expect(lint(aService('shop/a', [{ port: 80, ...port }]), rules(kind))).toEqual(expected);
  });

  const both = aService('shop/a', [
    { name: 'http', port: 80 },
    { name: 'tcp', port: 81 },
  ]);

  it('are of one kind for each of several ports', () => {
    expect(lint(both, rules('http'))).toEqual([]);
    expect(lint(both, rules('http', 80))).toEqual([]);
    expect(lint(both, rules('http', 81))).toEqual([`${http} spec.http[0].match[0].port`]);
    expect(lint(both, rules('tcp', 80))).toEqual([`${tcp} spec.tcp[0].match[0].port`]);
  });

  it('may be of a ServiceEntry, which says the protocol in capitals', () => {
    const entry = (protocol: string): MeshObject =>
      anObject('ServiceEntry', 'shop/a', { hosts: ['a.test'], ports: [{ number: 443, protocol }] });
    const vs = anObject('VirtualService', 'shop/vs', { hosts: ['a.test'], http: [{}] });
    expect(lint(entry('HTTP2'), vs)).toEqual([]);
    expect(lint(entry('TLS'), vs)).toEqual([`${http} spec.http`]);
  });

  it('say it themselves at a Gateway', () => {
    const object = rules('http');
    const spec = { ...(object.spec as object), gateways: ['edge/web'] };
    expect(lint(aService('shop/a', [{ name: 'tcp', port: 80 }]), { ...object, spec })).toEqual([]);
  });
});
