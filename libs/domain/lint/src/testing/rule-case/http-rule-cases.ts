import { http, match, type RuleCase } from './rule-case.js';

const spot = 'spec.http[0]';
const retries = (settings: unknown) => http({ retries: settings });
const abort = (settings: object) =>
  http({ fault: { abort: { percentage: { value: 1 }, ...settings } } });
const delay = (settings: object) =>
  http({ fault: { delay: { percentage: { value: 1 }, ...settings } } });
const cors = (corsPolicy: unknown) => http({ corsPolicy });
const request = (operations: unknown) => http({ headers: { request: operations } });
const response = (operations: unknown) => http({ headers: { response: operations } });
const set = (value: string) => request({ set: { 'x-a': value } });
const body = (size: number) =>
  http({ route: [], directResponse: { status: 200, body: { string: 'a'.repeat(size) } } });
const mirrored = (value: number) =>
  http({ mirrors: [{ destination: { host: 'a' }, percentage: { value } }] });

const matchCases: readonly RuleCase[] = [
  [
    'SOURCE_NAMESPACE_INVALID',
    `${spot}.match[0].sourceNamespace`,
    match({ sourceNamespace: '*' }),
    match({ sourceNamespace: 'web' }),
  ],
  [
    'MATCH_SOURCE_IGNORED',
    `${spot}.match[0].sourceLabels`,
    match({ gateways: ['mesh'], sourceLabels: { app: 'web' } }),
    match({ sourceLabels: { app: 'web' } }),
  ],
  [
    'MATCH_CASE_OF_REGEX',
    `${spot}.match[0].ignoreUriCase`,
    match({ uri: { regex: '/a' }, ignoreUriCase: true }),
    match({ uri: { prefix: '/a' }, ignoreUriCase: true }),
  ],
  [
    'MATCH_PREFIX_EMPTY',
    `${spot}.match[0].method.prefix`,
    match({ method: { prefix: '' } }),
    match({ method: { exact: '' } }),
  ],
  [
    'HEADER_MATCH_NULL',
    `${spot}.match[0].headers.a`,
    match({ headers: { a: null } }),
    match({ withoutHeaders: { a: null } }),
  ],
  [
    'HEADER_NAME_EMPTY',
    `${spot}.match[0].headers[""]`,
    match({ headers: { '': {} } }),
    match({ headers: { ':path': {} } }),
  ],
  [
    'HEADER_NAME_INVALID',
    `${spot}.match[0].withoutHeaders["a b"]`,
    match({ withoutHeaders: { 'a b': {} } }),
    match({ withoutHeaders: { 'a.b': {} } }),
  ],
];

const headerCases: readonly RuleCase[] = [
  [
    'HEADER_HOST_UNCHANGEABLE',
    `${spot}.headers.request.remove[0]`,
    request({ remove: ['Host'] }),
    request({ set: { Host: 'a' } }),
  ],
  [
    'HEADER_PSEUDO_UNCHANGEABLE',
    `${spot}.headers.response.set[":status"]`,
    response({ set: { ':status': '200' } }),
    response({ set: { status: '200' } }),
  ],
  ['HEADER_VALUE_CONTROL', `${spot}.headers.request.set["x-a"]`, set('a\nb'), set('a\tb')],
  ['HEADER_VALUE_FORMAT', `${spot}.headers.request.set["x-a"]`, set('100%'), set('100%%')],
  [
    'AUTHORITY_SET_TWICE',
    `${spot}.headers.request.set.host`,
    http({ rewrite: { authority: 'a' }, headers: { request: { set: { host: 'b' } } } }),
    http({ rewrite: { uri: '/' }, headers: { request: { set: { host: 'b' } } } }),
  ],
];

const resilienceCases: readonly RuleCase[] = [
  [
    'RETRY_ATTEMPTS_NEGATIVE',
    `${spot}.retries.attempts`,
    retries({ attempts: -1 }),
    retries({ attempts: 0 }),
  ],
  [
    'RETRY_OFF_BUT_CONFIGURED',
    `${spot}.retries.attempts`,
    retries({ retryRemoteLocalities: false }),
    retries({ attempts: 1, retryRemoteLocalities: false }),
  ],
  [
    'RETRY_ON_UNKNOWN',
    `${spot}.retries.retryOn`,
    retries({ attempts: 1, retryOn: '5xx,999' }),
    retries({ attempts: 1, retryOn: '5xx,429' }),
  ],
  ['FAULT_EMPTY', `${spot}.fault`, http({ fault: {} }), delay({ fixedDelay: '1s' })],
  [
    'FAULT_PERCENTAGE_RANGE',
    `${spot}.fault.delay.percentage.value`,
    delay({ fixedDelay: '1s', percentage: { value: 0.00001 } }),
    delay({ fixedDelay: '1s', percentage: { value: 0.0001 } }),
  ],
  [
    'FAULT_GRPC_STATUS_UNKNOWN',
    `${spot}.fault.abort.grpcStatus`,
    abort({ grpcStatus: '14' }),
    abort({ grpcStatus: 'UNAVAILABLE' }),
  ],
  [
    'FAULT_HTTP2_UNSUPPORTED',
    `${spot}.fault.abort.http2Error`,
    abort({ http2Error: 'a' }),
    abort({ httpStatus: 500 }),
  ],
  [
    'FAULT_EXPONENTIAL_UNSUPPORTED',
    `${spot}.fault.delay.exponentialDelay`,
    delay({ exponentialDelay: '1s' }),
    delay({ fixedDelay: '1s' }),
  ],
  ['FAULT_ABORT_WITHOUT_STATUS', `${spot}.fault.abort`, abort({}), abort({ httpStatus: 500 })],
  [
    'FAULT_WITHOUT_PERCENTAGE',
    `${spot}.fault.delay`,
    http({ fault: { delay: { fixedDelay: '1s' } } }),
    delay({ fixedDelay: '1s' }),
  ],
  [
    'FAULT_PERCENT_DEPRECATED',
    `${spot}.fault.delay.percent`,
    delay({ fixedDelay: '1s', percent: 5 }),
    delay({ fixedDelay: '1s' }),
  ],
  [
    'HTTP_STATUS_RANGE',
    `${spot}.fault.abort.httpStatus`,
    abort({ httpStatus: 199 }),
    abort({ httpStatus: 600 }),
  ],
];

const restCases: readonly RuleCase[] = [
  [
    'MIRROR_PERCENT_RANGE',
    `${spot}.mirrorPercent`,
    http({ mirrorPercent: 101 }),
    http({ mirrorPercent: 100 }),
  ],
  [
    'MIRROR_PERCENT_DEPRECATED',
    `${spot}.mirror_percent`,
    http({ mirror_percent: 5 }),
    http({ mirrorPercentage: { value: 5 } }),
  ],
  [
    'MIRROR_PERCENTAGE_TOO_HIGH',
    `${spot}.mirrors[0].percentage.value`,
    mirrored(100.1),
    mirrored(100),
  ],
  [
    'MIRROR_PERCENTAGE_NEGATIVE',
    `${spot}.mirrors[0].percentage.value`,
    mirrored(-0.1),
    mirrored(0),
  ],
  [
    'MIRROR_DESTINATION_MISSING',
    `${spot}.mirrors[0].destination`,
    http({ mirrors: [{}] }),
    mirrored(1),
  ],
  [
    'CORS_ORIGIN_EMPTY',
    `${spot}.corsPolicy.allowOrigins[0]`,
    cors({ allowOrigins: [{ exact: '' }] }),
    cors({ allowOrigins: [{ exact: '*' }] }),
  ],
  [
    'CORS_METHOD_UNKNOWN',
    `${spot}.corsPolicy.allowMethods[0]`,
    cors({ allowMethods: ['get'] }),
    cors({ allowMethods: ['GET'] }),
  ],
  [
    'CORS_MAX_AGE_TOO_FINE',
    `${spot}.corsPolicy.maxAge`,
    cors({ maxAge: '1500ms' }),
    cors({ maxAge: '24h' }),
  ],
  [
    'REWRITE_URI_AND_REGEX',
    `${spot}.rewrite.uriRegexRewrite`,
    http({ rewrite: { uri: '/a', uriRegexRewrite: { match: 'a', rewrite: 'b' } } }),
    http({ rewrite: { uriRegexRewrite: { match: 'a', rewrite: 'b' } } }),
  ],
  [
    'REWRITE_EMPTY',
    `${spot}.rewrite`,
    http({ rewrite: {} }),
    http({ rewrite: { authority: 'a' } }),
  ],
  [
    'REWRITE_REGEX_INCOMPLETE',
    `${spot}.rewrite.uriRegexRewrite`,
    http({ rewrite: { uriRegexRewrite: { match: 'a' } } }),
    http({ rewrite: { uriRegexRewrite: { match: 'a', rewrite: 'b' } } }),
  ],
  ['DIRECT_RESPONSE_TOO_LARGE', `${spot}.directResponse.body`, body(1_048_577), body(1_048_576)],
  ['DIRECT_RESPONSE_LARGE', `${spot}.directResponse.body`, body(102_401), body(102_400)],
];

export const httpRuleCases: readonly RuleCase[] = [
  ...matchCases,
  ...headerCases,
  ...resilienceCases,
  ...restCases,
];
