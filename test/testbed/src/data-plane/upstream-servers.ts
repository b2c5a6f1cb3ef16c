import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type Http2Session,
} from 'node:http2';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './answer-counts.js';
import { appOf, versionOf, type Workload } from './workload.js';

export interface UpstreamServer {
  readonly port: number;
  /** Answers what it was asked, and then no more. */
  close(): Promise<void>;
}

export interface Answering {
  readonly workload: Workload;
  /** How the next request is answered. */
  next(): { readonly isError: boolean; readonly latencyMs: number };
  record(answer: Answer): void;
}

/** HTTP/1.1. */
export async function serveHttp(answering: Answering): Promise<UpstreamServer> {
  const server = createServer((request, response) => void answer(request, response, answering));
  // Node would close a silent connection in the very moment that Envoy uses it again.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  return listening(server, () => server.closeIdleConnections());
}

/** HTTP/2 without TLS, which gRPC needs. */
export async function serveHttp2(answering: Answering): Promise<UpstreamServer> {
  const sessions = new Set<Http2Session>();
  const server = createHttp2Server(
    (request, response) => void answer(request, response, answering),
  );
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  return listening(server, () => {
    for (const session of sessions) session.close();
  });
}

/** Says `<version> <pod>` when it is called, and then what it is told. */
export async function serveEcho({ workload }: Answering): Promise<UpstreamServer> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.write(`${versionOf(workload)} ${workload.name}\n`);
    socket.pipe(socket);
  });
  return listening(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

async function listening(
  server: Pick<Server, 'listen' | 'address' | 'close' | 'once'>,
  letGo: () => void,
): Promise<UpstreamServer> {
  server.listen(0, '127.0.0.1');
  await once(server as Server, 'listening');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      letGo();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** With the version and the Pod in headers, and the request as it arrived in the body. */
async function answer(request: Request, response: Response, answering: Answering): Promise<void> {
  const start = performance.now();
  const { isError, latencyMs } = answering.next();
  request.resume();
  if (latencyMs > 0) await pause(latencyMs);
  const isGrpc = request.headers['content-type']?.startsWith('application/grpc') ?? false;
  const code = isError && !isGrpc ? 500 : 200;
  const grpcStatus = isError ? '13' : '0';
  const method = request.method ?? '';
  const ms = performance.now() - start;
  answering.record({ method, code, grpcStatus: isGrpc ? grpcStatus : '', ms });
  const { workload } = answering;
  const names = {
    'x-version': versionOf(workload),
    'x-pod': workload.name,
    'x-app': appOf(workload),
  };
  if (isGrpc) answerGrpc(response as Http2ServerResponse, names, grpcStatus);
  else answerJson(request, response as ServerResponse, code, names);
}

type Names = Readonly<Record<string, string>>;

function answerJson(
  { method, url, headers }: Request,
  response: ServerResponse,
  code: number,
  names: Names,
): void {
  const host = headers.host ?? headers[':authority'];
  const body = JSON.stringify({ method, url, host, headers });
  response.writeHead(code, { ...names, 'content-type': 'application/json' });
  response.end(body);
}

/** One empty message. */
function answerGrpc(response: Http2ServerResponse, names: Names, grpcStatus: string): void {
  response.writeHead(200, { ...names, 'content-type': 'application/grpc' });
  response.addTrailers({ 'grpc-status': grpcStatus });
  response.end(Buffer.alloc(5));
}
