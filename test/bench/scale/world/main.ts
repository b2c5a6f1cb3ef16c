/**
 * The world around Spillway in a process of its own: API servers and a Prometheus over HTTP, in
 * memory. It stands in for what Spillway talks to, so that what is measured is Spillway.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeCluster } from './fake-cluster.js';
import { Metrics } from './metrics.js';

const clusters = new Map<string, FakeCluster>();
const metrics = new Metrics();
let services = 0;

const clusterNamed = (name: string): FakeCluster => {
  const known = clusters.get(name) ?? new FakeCluster();
  clusters.set(name, known);
  return known;
};

/** What the bench asks of the world. */
function control(path: string, query: URLSearchParams): unknown {
  if (path === '/services') services = Number(query.get('count'));
  if (path === '/written') {
    const key = query.get('key') ?? '';
    return [...clusters.values()].flatMap(({ writtenAt }) => writtenAt.get(key) ?? []);
  }
  if (path === '/gone') {
    const gone = (query.get('clusters') ?? '').split(',');
    for (const [name, cluster] of clusters) cluster.setGone(gone.includes(name));
    return performance.timeOrigin + performance.now();
  }
  const all = [...clusters.values()];
  return {
    reads: all.reduce((sum, { reads }) => sum + reads, 0),
    writes: all.reduce((sum, { writes }) => sum + writes, 0),
    questions: metrics.questions,
  };
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? '/', 'http://world');
  const [, where = '', name = ''] = url.pathname.split('/');
  const path = url.pathname.slice(`/${where}/${name}`.length);
  const headers = { 'content-type': 'application/json' };
  if (where === 'clusters') {
    const method = request.method ?? 'GET';
    return clusterNamed(name).answer({ method, path, query: url.searchParams, body }, response);
  }
  if (where === 'prometheus') {
    const promql = new URLSearchParams(body).get('query') ?? '';
    return void response.writeHead(200, headers).end(metrics.answer(promql, services));
  }
  response.writeHead(200, headers).end(JSON.stringify(control(`/${name}`, url.searchParams)));
}

const server = createServer({ requestTimeout: 0 }, (request, response) => {
  const parts: string[] = [];
  request.setEncoding('utf8');
  request.on('data', (part: string) => parts.push(part));
  request.on('end', () => answer(request, response, parts.join('')));
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
