import type {
  DestinationShare,
  Explanation,
  Forwarding,
  HeaderChanges,
  MirrorShare,
  ObjectName,
  RouteOrigin,
} from '@spillway/domain-route';
import { printable } from '../../render/printable.js';
import type { RouteRequest } from './route-request.js';

/** An answer in short sentences. */
export function explanationText(request: RouteRequest, explained: Explanation): string {
  const { because, considered } = explained;
  const reasons = because.map((sentence) => `  - ${sentence}`);
  const looked = considered.map(
    (one) => `  ${one.matched ? '✓' : '✗'} ${nameOf(one)}: ${one.because}`,
  );
  return [
    requestWords(request),
    ...outcomeLines(explained).map((line) => `  ${line}`),
    ...(reasons.length > 0 ? ['Why:', ...reasons] : []),
    ...(looked.length > 0 ? ['Looked at, in order:', ...looked] : []),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

function requestWords(request: RouteRequest): string {
  const what =
    request.kind === 'tcp'
      ? `A connection to port ${request.port}${from(' of ', request.host ?? request.sni)}`
      : `${request.method ?? 'GET'} ${request.path} to ${request.host}`;
  const { from: client } = request;
  return 'gateway' in client
    ? `${what} through gateway ${client.gateway}:`
    : `${what} from namespace ${client.namespace}${labelWords(client.labels)}:`;
}

function labelWords(labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '' : ` (${pairs.join(', ')})`;
}

function outcomeLines(explained: Explanation): readonly string[] {
  switch (explained.kind) {
    case 'routed':
      return [`${takenBy(explained)}.`, ...forwardingLines(explained)];
    case 'redirect':
      return [`${takenBy(explained)}.`, `The proxy redirects: ${redirection(explained.to)}.`];
    case 'directResponse':
      return [
        `${takenBy(explained)}.`,
        `The proxy itself answers ${explained.status}${from(': ', explained.body)}.`,
      ];
    case 'status':
      return errorLines(explained);
    case 'passthrough':
      return ['Sent to where the client meant, past all routing.'];
    case 'closed':
      return ['The connection is closed; there is no answer.'];
    case 'rejected':
      return [
        `${nameOf(explained.origin)} is refused by proxies; they keep what they had for this port.`,
      ];
  }
}

function errorLines({
  code,
  flag,
  origin,
  destinations = [],
}: Extract<Explanation, { kind: 'status' }>): readonly string[] {
  return [
    ...(origin === undefined ? [] : [`${takenBy(origin)}.`]),
    `The proxy answers ${code}${flag === undefined ? '' : ` (${flag})`}.`,
    ...destinations.map(destinationLine),
  ];
}

const takenBy = (origin: RouteOrigin): string => {
  const { virtualService, delegate } = origin;
  if (virtualService === null) return 'No VirtualService routes it';
  const source = delegate === undefined ? '' : ` (from delegate ${label(delegate)})`;
  return `VirtualService ${label(virtualService)}${source}: ${nameOf(origin)} takes it`;
};

function nameOf({ route, ruleIndex, matchIndex }: Omit<RouteOrigin, 'delegate'>): string {
  const place = [
    ...(ruleIndex === null ? [] : [`rule ${ruleIndex}`]),
    ...(matchIndex === null ? [] : [`match ${matchIndex}`]),
  ].join(', ');
  const name = route === '' ? 'route without a name' : `route "${route}"`;
  return place === '' ? name : `${name} (${place})`;
}

const label = ({ namespace, name }: ObjectName): string => `${namespace}/${name}`;

function forwardingLines(forwarding: Forwarding): readonly string[] {
  const { destinations, mirrors, requestHeaders, responseHeaders, rewrite } = forwarding;
  const { timeout, retries, fault } = forwarding;
  return [
    ...destinations.flatMap((one) => [
      destinationLine(one),
      ...headerLines('  request', one.requestHeaders),
      ...headerLines('  response', one.responseHeaders),
    ]),
    ...mirrors.map(mirrorLine),
    ...headerLines('request', requestHeaders),
    ...headerLines('response', responseHeaders),
    ...Object.entries({ rewrite, timeout, retries, fault }).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`],
    ),
  ];
}

function destinationLine({ probability, authority, outcome, ...place }: DestinationShare): string {
  const rewritten = from(', host rewritten to ', authority);
  const failed =
    outcome === undefined
      ? ''
      : `, which answers ${outcome.status} (${outcome.flag}): ${outcome.because}`;
  return `${percentOf(probability)} → ${placeOf(place)}${rewritten}${failed}`;
}

const mirrorLine = ({ share, missing, ...place }: MirrorShare): string =>
  `copies of ${percentOf(share)} → ${placeOf(place)}${from(', but none arrives: ', missing)}`;

const placeOf = ({
  host,
  subset,
  port,
}: Pick<DestinationShare, 'host' | 'subset' | 'port'>): string =>
  `${host}${from(' subset ', subset)} port ${port}`;

/** At most four decimals: weights need not sum up to 100. */
const percentOf = (share: number): string => `${Number((share * 100).toFixed(4))} %`;

const headerLines = (which: string, { set, add, remove }: HeaderChanges): readonly string[] => [
  ...Object.entries(set).map(([name, value]) => `${which} header ${name} is set to "${value}"`),
  ...Object.entries(add).map(([name, value]) => `${which} header ${name} gets "${value}" added`),
  ...remove.map((name) => `${which} header ${name} is removed`),
];

const redirection = ({ status, ...to }: Extract<Explanation, { kind: 'redirect' }>['to']): string =>
  [`${status}`, ...Object.entries(to).map(([name, value]) => `${name} ${String(value)}`)].join(
    ', ',
  );

const from = (words: string, text: string | undefined): string =>
  text === undefined ? '' : `${words}${text}`;
