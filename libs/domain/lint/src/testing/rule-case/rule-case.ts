import type { MeshObject } from '@spillway/domain-istio';
import { anObject } from '../an-object.js';

/** A rule, where it finds something, an object in which it does, and the nearest in which it does not. */
export type RuleCase = readonly [
  code: string,
  path: string,
  wrong: MeshObject,
  right: MeshObject,
  /** The Istio that reads the wrong one; the right one is read by `right`, or by the same. */
  istio?: { readonly wrong: number; readonly right?: number },
];

export const virtualService = (spec: unknown): MeshObject =>
  anObject('VirtualService', 'shop/catalog', spec);

export const route = [{ destination: { host: 'catalog' } }];

/** A VirtualService with one http rule, which has a route unless it has another action. */
export const http = (rule: Readonly<Record<string, unknown>>, spec: object = {}): MeshObject =>
  virtualService({ hosts: ['catalog'], http: [{ route, ...rule }], ...spec });

export const match = (block: unknown, spec: object = {}): MeshObject =>
  http({ match: [block] }, spec);

export const destinationRule = (spec: object, metadata: object = {}): MeshObject =>
  anObject('DestinationRule', 'shop/catalog', { host: 'catalog', ...spec }, metadata);

export const policy = (trafficPolicy: unknown): MeshObject => destinationRule({ trafficPolicy });

export const loadBalancer = (settings: unknown, rest: object = {}): MeshObject =>
  policy({ loadBalancer: settings, ...rest });

const tlsPort = { number: 443, name: 'tls', protocol: 'TLS' };

export const serviceEntry = (spec: object, metadata: object = {}): MeshObject =>
  anObject(
    'ServiceEntry',
    'shop/outside',
    { hosts: ['api.example.com'], ports: [tlsPort], ...spec },
    metadata,
  );

/** A ServiceEntry with one endpoint. */
export const endpoint = (spot: object, spec: object = {}): MeshObject =>
  serviceEntry({ resolution: 'STATIC', endpoints: [{ address: '10.0.0.1', ...spot }], ...spec });

export const workloadEntry = (spec: unknown): MeshObject =>
  anObject('WorkloadEntry', 'shop/vm', spec);

export const gateway = (servers: unknown, name = 'public'): MeshObject =>
  anObject('Gateway', `shop/${name}`, { selector: { istio: 'ingressgateway' }, servers });

const httpPort = { number: 80, name: 'http', protocol: 'HTTP' };

/** A Gateway with one server for plain HTTP. */
export const server = (spot: object, port: object = {}): MeshObject =>
  gateway([{ port: { ...httpPort, ...port }, hosts: ['*'], ...spot }]);

/** A Gateway that ends TLS. */
export const serverTls = (tls: unknown): MeshObject =>
  server(tls === undefined ? {} : { tls }, { number: 443, protocol: 'HTTPS' });

export const sidecar = (spec: unknown): MeshObject => anObject('Sidecar', 'shop/default', spec);

export const egress = (...listeners: unknown[]): MeshObject => sidecar({ egress: listeners });

export const ingress = (listener: object): MeshObject =>
  sidecar({ ingress: [{ port: httpPort, ...listener }] });

export const telemetry = (spec: unknown): MeshObject => anObject('Telemetry', 'shop/logs', spec);
