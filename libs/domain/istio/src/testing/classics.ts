import { unexposed, type Exposure } from '@spillway/domain-traffic';
import { basisPoints } from '@spillway/kernel';
import type { MeshService, Traffic } from '../traffic.js';
import { anAdoptedService } from './people.js';

const testers = {
  name: 'testers',
  match: [{ headers: { 'x-tester': { exact: 'yes' } } }],
} as const;
const at = (percent: number): Exposure => ({ weight: basisPoints(percent * 100) });
const dark: Exposure = { ...unexposed, routes: [testers] };

const ofHttp: readonly Exposure[] = [
  unexposed,
  dark,
  { ...at(10), routes: [testers] },
  at(50),
  at(100),
];
const ofConnections: readonly Exposure[] = [unexposed, at(10), at(50), at(100)];

/** An example as it is in books, and what a release may do with it. */
export interface Classic {
  readonly yaml: string;
  /** The file once v2 is stable. */
  readonly promoted: string;
  readonly about?: Partial<Traffic>;
  readonly steps: readonly Exposure[];
}

const service = (overrides: Partial<MeshService>): Partial<Traffic> => ({
  service: anAdoptedService(undefined, overrides),
});

const examples: Readonly<Record<string, Omit<Classic, 'steps'>>> = {
  'a header dark launch before a catch-all': {
    yaml: `
      spec:
        hosts: [catalog]
        http:
          - match: [{headers: {end-user: {exact: jason}}}]
            route: [{destination: {host: catalog, subset: v2}}]
          - route: [{destination: {host: catalog, subset: v1}}]`,
    promoted: `
      spec:
        hosts: [catalog]
        http:
          - match: [{headers: {end-user: {exact: jason}}}]
            route: [{destination: {host: catalog, subset: v2}}]
          - route: [{destination: {host: catalog, subset: v2}}]`,
  },
  'a 90/10 split': {
    yaml: `
      spec:
        hosts: [catalog.shop.svc.cluster.local]
        http:
          - name: primary
            route:
              - {destination: {host: catalog.shop.svc.cluster.local, subset: v1}, weight: 90}
              - {destination: {host: catalog.shop.svc.cluster.local, subset: v2}, weight: 10}`,
    promoted: `
      spec:
        hosts: [catalog.shop.svc.cluster.local]
        http:
          - name: primary
            route:
              - {destination: {host: catalog.shop.svc.cluster.local, subset: v2}, weight: 100}`,
  },
  'a 50/50 split with the candidate first': {
    yaml: `
      spec:
        hosts: [catalog]
        http:
          - route:
              - {destination: {host: catalog, subset: v2}, weight: 50}
              - {destination: {host: catalog, subset: v1}, weight: 50}`,
    promoted: `
      spec:
        hosts: [catalog]
        http: [{route: [{destination: {host: catalog, subset: v2}, weight: 100}]}]`,
  },
  'a mirror of everything': {
    yaml: `
      spec:
        hosts: [catalog]
        http:
          - route: [{destination: {host: catalog, subset: v1}, weight: 100}]
            mirror: {host: catalog, subset: v2}
            mirrorPercentage: {value: 100.0}`,
    promoted: `
      spec:
        hosts: [catalog]
        http: [{route: [{destination: {host: catalog, subset: v2}, weight: 100}]}]`,
  },
  'gateway and mesh in one object': {
    yaml: `
      spec:
        hosts: [catalog.shop.svc.cluster.local, shop.example.com]
        gateways: [mesh, edge/public]
        http:
          - match: [{gateways: [edge/public], uri: {prefix: /admin}}]
            directResponse: {status: 403}
          - match: [{gateways: [edge/public], uri: {prefix: /catalog}}, {gateways: [mesh]}]
            rewrite: {authority: catalog}
            route: [{destination: {host: catalog, subset: v1, port: {number: 8080}}}]`,
    promoted: `
      spec:
        hosts: [catalog.shop.svc.cluster.local, shop.example.com]
        gateways: [mesh, edge/public]
        http:
          - match: [{gateways: [edge/public], uri: {prefix: /admin}}]
            directResponse: {status: 403}
          - match: [{gateways: [edge/public], uri: {prefix: /catalog}}, {gateways: [mesh]}]
            rewrite: {authority: catalog}
            route: [{destination: {host: catalog, subset: v2, port: {number: 8080}}}]`,
  },
  'a delegate': {
    yaml: `
      spec:
        http:
          - match: [{uri: {prefix: /catalog/v1beta}}]
            route: [{destination: {host: catalog, subset: beta}}]
          - route: [{destination: {host: catalog, subset: v1}}]`,
    promoted: `
      spec:
        http:
          - match: [{uri: {prefix: /catalog/v1beta}}]
            route: [{destination: {host: catalog, subset: beta}}]
          - route: [{destination: {host: catalog, subset: v2}}]`,
  },
  'a root that hands over by path and routes the rest itself': {
    yaml: `
      spec:
        hosts: [shop.example.com]
        gateways: [edge/public]
        http:
          - match: [{uri: {prefix: /cart}}]
            delegate: {name: cart, namespace: cart}
          - name: rest
            match: [{uri: {prefix: /}}]
            route: [{destination: {host: catalog.shop, subset: v1}}]`,
    promoted: `
      spec:
        hosts: [shop.example.com]
        gateways: [edge/public]
        http:
          - match: [{uri: {prefix: /cart}}]
            delegate: {name: cart, namespace: cart}
          - name: rest
            match: [{uri: {prefix: /}}]
            route: [{destination: {host: catalog.shop, subset: v2}}]`,
  },
  'TCP 80/20': {
    about: service({ protocol: 'tcp' }),
    yaml: `
      spec:
        hosts: ['*']
        gateways: [edge]
        tcp:
          - match: [{port: 31400}]
            route:
              - {destination: {host: catalog, port: {number: 9000}, subset: v1}, weight: 80}
              - {destination: {host: catalog, port: {number: 9000}, subset: v2}, weight: 20}`,
    promoted: `
      spec:
        hosts: ['*']
        gateways: [edge]
        tcp:
          - match: [{port: 31400}]
            route: [{destination: {host: catalog, port: {number: 9000}, subset: v2}, weight: 100}]`,
  },
  'TLS by name': {
    about: service({ protocol: 'tls' }),
    yaml: `
      spec:
        hosts: [catalog]
        tls:
          - match: [{port: 443, sniHosts: [catalog]}]
            route: [{destination: {host: catalog, subset: v1}}]`,
    promoted: `
      spec:
        hosts: [catalog]
        tls:
          - match: [{port: 443, sniHosts: [catalog]}]
            route: [{destination: {host: catalog, subset: v2}}]`,
  },
  'a host outside the mesh': {
    about: service({ host: 'api.pay.example.com' }),
    yaml: `
      spec:
        hosts: [api.pay.example.com]
        http:
          - match: [{port: 80}]
            timeout: 3s
            route: [{destination: {host: api.pay.example.com, subset: v1, port: {number: 443}}}]`,
    promoted: `
      spec:
        hosts: [api.pay.example.com]
        http:
          - match: [{port: 80}]
            timeout: 3s
            route: [{destination: {host: api.pay.example.com, subset: v2, port: {number: 443}}}]`,
  },
  'routes with different timeouts, faults, CORS, rewrites and headers': {
    yaml: `
      metadata: {labels: {team: shop}, annotations: {note: kept}}
      spec:
        hosts: [catalog]
        exportTo: ['*']
        http:
          - name: slow
            match: [{uri: {prefix: /report}}]
            timeout: 30s
            retries: {attempts: 0}
            rewrite: {uriRegexRewrite: {match: ^/report, rewrite: /r}}
            route: [{destination: {host: catalog, subset: v1}, headers: {request: {set: {x-slow: 'yes'}}}}]
          - name: fast
            timeout: 1s
            fault: {delay: {fixedDelay: 1s, percentage: {value: 0.1}}}
            corsPolicy: {allowOrigins: [{exact: https://shop.example.com}], maxAge: 24h}
            headers: {response: {remove: [server]}}
            route: [{destination: {host: catalog, subset: v1}}]`,
    promoted: `
      metadata: {labels: {team: shop}, annotations: {note: kept}}
      spec:
        hosts: [catalog]
        exportTo: ['*']
        http:
          - name: slow
            match: [{uri: {prefix: /report}}]
            timeout: 30s
            retries: {attempts: 0}
            rewrite: {uriRegexRewrite: {match: ^/report, rewrite: /r}}
            route: [{destination: {host: catalog, subset: v2}, headers: {request: {set: {x-slow: 'yes'}}}}]
          - name: fast
            timeout: 1s
            fault: {delay: {fixedDelay: 1s, percentage: {value: 0.1}}}
            corsPolicy: {allowOrigins: [{exact: https://shop.example.com}], maxAge: 24h}
            headers: {response: {remove: [server]}}
            route: [{destination: {host: catalog, subset: v2}}]`,
  },
  'a third version in the split': {
    yaml: `
      spec:
        hosts: [catalog]
        http:
          - route:
              - {destination: {host: catalog, subset: v1}, weight: 70}
              - {destination: {host: catalog, subset: old}, weight: 20}
              - {destination: {host: catalog, subset: v2}, weight: 10}`,
    promoted: `
      spec:
        hosts: [catalog]
        http:
          - route:
              - {destination: {host: catalog, subset: v2}, weight: 80}
              - {destination: {host: catalog, subset: old}, weight: 20}`,
  },
  'versions that are Services': {
    about: service({ versionHost: 'catalog-{version}.shop.svc.cluster.local' }),
    yaml: `
      spec:
        hosts: [catalog]
        http: [{route: [{destination: {host: catalog-v1, port: {number: 80}}}]}]`,
    promoted: `
      spec:
        hosts: [catalog]
        http:
          - route: [{destination: {host: catalog-v2.shop.svc.cluster.local, port: {number: 80}}}]`,
  },
  'a single destination with a weight that Istio ignores': {
    yaml: `
      spec:
        hosts: [catalog]
        http: [{route: [{destination: {host: catalog, subset: v1}, weight: 0}]}]`,
    promoted: `
      spec:
        hosts: [catalog]
        http: [{route: [{destination: {host: catalog, subset: v2}, weight: 0}]}]`,
  },
};

export const classics: Readonly<Record<string, Classic>> = Object.fromEntries(
  Object.entries(examples).map(([name, example]) => {
    const { protocol = 'http' } = example.about?.service ?? {};
    return [name, { ...example, steps: protocol === 'http' ? ofHttp : ofConnections }];
  }),
);
