import { http, match, route, type RuleCase, virtualService } from './rule-case.js';

const rules = (...list: unknown[]) => virtualService({ hosts: ['catalog'], http: list });
const hosts = (...names: string[]) => virtualService({ hosts: names, http: [{ route }] });
const bound = (...gateways: string[]) =>
  virtualService({ hosts: ['a.b'], gateways, http: [{ route }] });
const tls = (rule: unknown) => virtualService({ hosts: ['*.a.b'], tls: [rule] });
const tcp = (rule: unknown) => virtualService({ hosts: ['catalog'], tcp: [rule] });
const sni = (name: string) => tls({ match: [{ sniHosts: [name] }], route });
const claim = { headers: { '@request.auth.claims.group': { exact: 'dev' } } };
const redirect = { uri: '/b' };
const response = { status: 200 };
const fault = { delay: { fixedDelay: '1s', percentage: { value: 1 } } };
const rewrite = { uri: '/b' };
const only = (rule: object) => rules(rule);
const split = (...weights: (number | undefined)[]) =>
  http({
    route: weights.map((weight, index) => ({
      destination: { host: 'catalog', subset: `v${index}` },
      ...(weight === undefined ? {} : { weight }),
    })),
  });
const sum = (...weights: number[]) => split(...weights);
const prefix = (...prefixes: string[]) =>
  rules(...prefixes.map((text) => ({ match: [{ uri: { prefix: text } }], route })));
const spot = 'spec.http[0]';

export const virtualServiceCases: readonly RuleCase[] = [
  [
    'DELEGATE_HAS_TLS',
    'spec.tls',
    virtualService({ http: [{ route }], tls: [{}] }),
    virtualService({ http: [{ route }], tls: [] }),
  ],
  [
    'DELEGATE_HAS_TCP',
    'spec.tcp',
    virtualService({ http: [{ route }], tcp: [{ route }] }),
    tcp({ route }),
  ],
  ['GATEWAY_NAME_EMPTY', 'spec.gateways[0]', bound('/gw'), bound('shop/gw')],
  ['GATEWAY_NAMESPACE_INVALID', 'spec.gateways[0]', bound('a.b/gw'), bound('a-b/gw')],
  ['GATEWAY_NAME_INVALID', 'spec.gateways[0]', bound('shop/g_w'), bound('shop/g-w')],
  ['GATEWAY_NAME_LEGACY', 'spec.gateways[0]', bound('gw.shop.svc'), bound('shop/gw')],
  ['GATEWAY_NAME_UNCHECKED', 'spec.gateways[1]', bound('mesh', 'a/*'), bound('mesh', 'a/b')],
  ['HOST_ALL_IN_MESH', 'spec.hosts[0]', hosts('*'), hosts('*.a')],
  ['HOSTS_OVERLAP', 'spec.hosts[1]', hosts('*.a', 'b.a'), hosts('*.a', 'b.c')],
  [
    'JWT_CLAIM_IN_MESH',
    `${spot}.match[0].headers["@request.auth.claims.group"]`,
    match(claim, { gateways: ['mesh', 'shop/gw'] }),
    match(claim, { gateways: ['shop/gw'] }),
  ],
  ['ROUTES_MISSING', 'spec', virtualService({ hosts: ['a'], http: [] }), rules({ route })],
  ['ROUTE_ACTION_MISSING', spot, rules({ route: [] }), rules({ route })],
  ['ROUTE_AND_REDIRECT', `${spot}.route`, rules({ route, redirect }), rules({ redirect })],
  ['FAULT_AND_REDIRECT', `${spot}.fault`, rules({ fault, redirect }), rules({ fault, route })],
  [
    'REWRITE_AND_REDIRECT',
    `${spot}.rewrite`,
    rules({ rewrite, redirect }),
    rules({ rewrite, route }),
  ],
  [
    'DIRECT_RESPONSE_AND_REDIRECT',
    `${spot}.directResponse`,
    rules({ directResponse: response, redirect }),
    rules({ directResponse: response }),
  ],
  [
    'ROUTE_AND_DIRECT_RESPONSE',
    `${spot}.route`,
    rules({ directResponse: response, route }),
    rules({ directResponse: response, route: [] }),
  ],
  [
    'FAULT_AND_DIRECT_RESPONSE',
    `${spot}.fault`,
    rules({ directResponse: response, fault }),
    rules({ fault, route }),
  ],
  [
    'REWRITE_AND_DIRECT_RESPONSE',
    `${spot}.rewrite`,
    rules({ directResponse: response, rewrite }),
    rules({ rewrite, route }),
  ],
  [
    'MIRROR_AND_MIRRORS',
    `${spot}.mirror`,
    http({ mirror: { host: 'a' }, mirrors: [{ destination: { host: 'a' } }] }),
    http({ mirror: { host: 'a' }, mirrors: [] }),
  ],
  [
    'DELEGATE_AND_REDIRECT',
    `${spot}.redirect`,
    rules({ delegate: { name: 'a' }, redirect }),
    rules({ delegate: { name: 'a' } }),
  ],
  [
    'DELEGATE_AND_ROUTE',
    `${spot}.route`,
    rules({ delegate: { name: 'a' }, route }),
    rules({ delegate: { name: 'a' }, timeout: '1s' }),
  ],
  [
    'DELEGATE_NESTED',
    `${spot}.delegate`,
    virtualService({ http: [{ delegate: { name: 'a' }, route }] }),
    rules({ delegate: { name: 'a' } }),
  ],
  [
    'DESTINATION_MISSING',
    `${spot}.route[0].destination`,
    http({ route: [{ weight: 100 }] }),
    http({}),
  ],
  [
    'DESTINATION_HOST_ALL',
    `${spot}.route[0].destination.host`,
    http({ route: [{ destination: { host: '*' } }] }),
    http({ route: [{ destination: { host: '*.a' } }] }),
  ],
  ['WEIGHT_NEGATIVE', `${spot}.route[1].weight`, split(105, -5), split(105, 5)],
  ['WEIGHTS_ALL_ZERO', `${spot}.route`, split(0, undefined), split(0, 1)],
  ['WEIGHTS_NOT_HUNDRED', `${spot}.route`, sum(80, 10), sum(80, 10), { wrong: 14, right: 15 }],
  ['WEIGHT_IGNORED', `${spot}.route[0].weight`, split(0), split(100)],
  ['TLS_MATCH_MISSING', 'spec.tls[0].match', tls({ route }), sni('x.a.b')],
  [
    'TLS_SNI_MISSING',
    'spec.tls[0].match[0].sniHosts',
    tls({ match: [{ port: 443 }], route }),
    sni('x.a.b'),
  ],
  [
    'TLS_ROUTE_MISSING',
    'spec.tls[0].route',
    tls({ match: [{ sniHosts: ['x.a.b'] }] }),
    sni('x.a.b'),
  ],
  ['TCP_ROUTE_MISSING', 'spec.tcp[0].route', tcp({ match: [{ port: 1 }] }), tcp({ route })],
  ['SNI_OUTSIDE_HOSTS', 'spec.tls[0].match[0].sniHosts[0]', sni('a.b'), sni('*.x.a.b')],
  ['SNI_IS_IP', 'spec.tls[0].match[0].sniHosts[0]', sni('10.0.0.1'), sni('x.a.b')],
  ['RULE_SECOND_CATCH_ALL', 'spec.http[1]', rules({ route }, { route }), rules({ route })],
  [
    'RULE_AFTER_CATCH_ALL',
    'spec.http[1]',
    rules({ route }, { match: [{ port: 80 }], route }),
    rules({ match: [{ port: 80 }], route }, { route }),
  ],
  [
    'RULE_AFTER_MATCH_OF_ALL',
    'spec.http[1]',
    rules({ match: [{ uri: { prefix: '/' } }], route }, { route }),
    rules({ match: [{ uri: { prefix: '/' }, headers: { a: {} } }], route }, { route }),
  ],
  [
    'RULE_MATCHES_USED',
    'spec.http[1]',
    rules({ match: [{ port: 80 }], route }, { match: [{ name: 'x', port: 80 }], route }),
    rules({ match: [{ port: 80 }], route }, { match: [{ port: 80 }, { port: 81 }], route }),
  ],
  [
    'MATCH_DUPLICATE',
    'spec.http[0].match[1]',
    http({
      match: [
        { port: 80, uri: { exact: '/a' } },
        { uri: { exact: '/a' }, port: 80 },
      ],
    }),
    http({
      match: [
        { port: 80, uri: { exact: '/a' } },
        { uri: { exact: '/b' }, port: 80 },
      ],
    }),
  ],
  ['MATCH_COVERED', 'spec.http[1].match[0]', prefix('/a', '/ab'), prefix('/ab', '/a')],
  [
    'REDIRECT_EMPTY',
    `${spot}.redirect`,
    only({ redirect: { redirectCode: 301 } }),
    only({ redirect: { scheme: 'https' } }),
  ],
  [
    'REDIRECT_CODE_RANGE',
    `${spot}.redirect.redirectCode`,
    only({ redirect: { uri: '/', redirectCode: 400 } }),
    only({ redirect: { uri: '/', redirectCode: 308 } }),
  ],
  [
    'REDIRECT_CODE_UNTRANSLATED',
    `${spot}.redirect.redirectCode`,
    only({ redirect: { uri: '/', redirectCode: 304 } }),
    only({ redirect: { uri: '/', redirectCode: 303 } }),
  ],
  [
    'REDIRECT_SCHEME_UNKNOWN',
    `${spot}.redirect.scheme`,
    only({ redirect: { scheme: 'HTTPS' } }),
    only({ redirect: { scheme: 'https' } }),
  ],
  [
    'REDIRECT_URI_AND_PREFIX',
    `${spot}.redirect.prefixRewrite`,
    only({ redirect: { uri: '/a', prefixRewrite: '/b' } }),
    only({ redirect: { prefixRewrite: '/b' } }),
  ],
  [
    'REDIRECT_PREFIX_WITHOUT_PREFIX',
    `${spot}.redirect.prefixRewrite`,
    only({ match: [{ uri: { exact: '/a' } }], redirect: { prefixRewrite: '/b' } }),
    only({ match: [{ uri: { prefix: '/a' } }], redirect: { prefixRewrite: '/b' } }),
  ],
];
