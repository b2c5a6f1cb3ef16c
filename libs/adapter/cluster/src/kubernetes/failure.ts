import type { ApiStatus } from './api-object.js';

/** The API server answered, but not with what was asked for. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(statusMessage(status, body));
  }
}

/** No answer came: `certificate` when the connection was not trusted by one of its ends. */
export interface TransportFailure {
  readonly kind: 'unreachable' | 'certificate';
  readonly detail: string;
}

const certificateCodes =
  /CERT|SELF_SIGNED|ALTNAME|LEAF_SIGNATURE|ISSUER|HOSTNAME_MISMATCH|^ERR_OSSL/;

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the name server does not answer',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was lost',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the watch fell silent',
  UND_ERR_DESTROYED: 'the link is closed',
};

/** Not every error is an `Error`: an aborted wait is a DOMException. */
interface Thrown {
  readonly name?: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly cause?: unknown;
}

export function describeFailure(error: unknown): TransportFailure {
  const { name, message = '' } = thrown(error);
  const code = codeOf(error);
  const said = oneLine(message === '' ? code : message);
  if (certificateCodes.test(code)) return { kind: 'certificate', detail: said };
  const detail = name === 'TimeoutError' ? 'no answer in time' : (sentences[code] ?? said);
  return { kind: 'unreachable', detail };
}

const thrown = (error: unknown): Thrown =>
  typeof error === 'object' && error !== null ? error : { message: String(error) };

/** undici wraps what the socket said, once or twice. */
function codeOf(error: unknown): string {
  const { code, cause } = thrown(error);
  const inner = cause === undefined ? '' : codeOf(cause);
  return inner === '' && typeof code === 'string' ? code : inner;
}

export const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
};

function statusMessage(status: number, body: unknown): string {
  const message = (body as ApiStatus | undefined)?.message ?? 'the API server gave no reason';
  return oneLine(`${message.slice(Math.max(0, message.indexOf(strict)))} (${status})`);
}

/** Of a JSON Patch the API server shows the whole object before it says what is wrong with it. */
const strict = 'strict decoding error';
