import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { refusal, type Refusal } from '@spillway/kernel';
import { problemMediaType, toProblem } from '@spillway/interface-problem';
import type { HttpSettings } from './http-settings.js';

/**
 * Limits that the server keeps before anybody has read a request: whoever sends one byte a
 * minute, or does not stop sending headers, is told so and cut off.
 */
export function guardConnections(server: Server, settings: HttpSettings): void {
  const { headMs, requestMs, maxConnections } = settings;
  server.headersTimeout = headMs;
  server.requestTimeout = requestMs;
  // Node looks for late requests only so often; its own 30 s would add to both.
  Object.assign(server, { connectionsCheckingInterval: Math.min(1_000, headMs) });
  // Longer than the 60 s after which common proxies let go of an idle connection.
  server.keepAliveTimeout = 65_000;
  server.maxConnections = maxConnections;
}

/** Said before there is a request to answer. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Whoever hung up, or has a part of an answer already, cannot be told.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    return void socket.destroy();
  }
  const requestId = randomUUID();
  const problem = toProblem(reasonFor(error.code), { instance: '', requestId });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function reasonFor(code: string | undefined): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refusal(
        'REQUEST_TIMEOUT',
        'The request did not arrive in time.',
        'Send it again; look at the connection if it happens again.',
      );
    case 'HPE_HEADER_OVERFLOW':
      return refusal(
        'HEADERS_TOO_LARGE',
        'The address and the headers are larger than 16 kB.',
        'Send fewer or shorter headers.',
      );
    case undefined:
    default:
      return refusal(
        'INVALID_INPUT',
        'What was sent is not HTTP/1.1.',
        'Check the client, and what stands between it and the server.',
      );
  }
}
