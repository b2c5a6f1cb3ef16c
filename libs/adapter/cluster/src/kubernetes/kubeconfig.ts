import { ok, refuse, type Result } from '@spillway/kernel';
import { parse } from 'yaml';
import type { z } from 'zod';
import type { ApiServer, FoundServer } from './api-server.js';
import {
  kubeconfigDocument,
  type KubeconfigCluster,
  type KubeconfigDocument,
  type KubeconfigUser,
} from './kubeconfig-document.js';
import { outsideFile } from './outside-file.js';

/**
 * The API server of a context: the one that is named, or else the current one.
 *
 * A kubeconfig comes from whoever may add clusters, not from whoever runs this
 * process. So it must hold everything itself: a plug-in would run a program of
 * the sender's choice here, and a file name would read a file of this machine.
 */
export function serverOfKubeconfig(kubeconfig: string, context?: string): FoundServer {
  const read = readDocument(kubeconfig);
  if (!read.ok) return read;
  const { clusters, users, contexts, 'current-context': current = '' } = read.value;
  const name = context ?? current;
  const names = contexts.find((one) => one.name === name)?.context;
  const cluster = clusters.find((one) => one.name === names?.cluster);
  if (!cluster) return refuse(`the kubeconfig has no cluster for its context "${name}"`);
  const owner = users.find((one) => one.name === names?.user);
  if (!owner) return refuse(`the kubeconfig has no user for its context "${name}"`);
  return reachable(cluster.cluster, owner.name, owner.user ?? {});
}

function reachable(cluster: KubeconfigCluster, owner: string, user: KubeconfigUser): FoundServer {
  const obstacle = unusableServer(cluster) ?? plugIn(owner, user);
  return obstacle === undefined ? ok(serverOf(cluster, user)) : refuse(obstacle);
}

function readDocument(kubeconfig: string): Result<KubeconfigDocument, string> {
  try {
    const document: unknown = parse(kubeconfig);
    // Without end where an alias leads to what it is in.
    const file = outsideFile(document);
    if (file !== undefined) return refuse(refersTo(file));
    const read = kubeconfigDocument.safeParse(document);
    return read.success ? ok(read.data) : refuse(misshapen(read.error));
  } catch (error) {
    return refuse(unreadable((error as Error).message));
  }
}

/** Below the first line, the parser shows those around the mistake, and with them perhaps a token. */
const unreadable = (message: string): string =>
  `the kubeconfig cannot be read: ${message.split('\n', 1)[0] ?? ''}`;

function misshapen({ issues: [first] }: z.ZodError): string {
  const place = first?.path.join('.') ?? '';
  return unreadable(`${place}${place === '' ? '' : ': '}${first?.message ?? ''}`);
}

const refersTo = (file: string): string =>
  `the kubeconfig refers to the file "${file}"; embed it (kubectl config view --raw --flatten)`;

function unusableServer(cluster: KubeconfigCluster): string | undefined {
  const { server, 'proxy-url': proxy } = cluster;
  if (!isHttp(server)) return `"${server}" is not the URL of an API server`;
  if (server.startsWith('http:') && cluster['insecure-skip-tls-verify'] !== true) {
    return `"${server}" is not encrypted; set insecure-skip-tls-verify where that is wanted`;
  }
  if (proxy === undefined || isHttp(proxy)) return undefined;
  return `"${proxy}" is not the URL of a proxy that speaks HTTP`;
}

const isHttp = (url: string): boolean => /^https?:/.test(url) && URL.canParse(url);

const plugIn = (name: string, user: KubeconfigUser): string | undefined =>
  (user.exec ?? user['auth-provider'] ?? undefined) === undefined
    ? undefined
    : `user "${name}" signs in through a plug-in; put a token or a certificate into the kubeconfig`;

function serverOf(cluster: KubeconfigCluster, user: KubeconfigUser): ApiServer {
  const { 'proxy-url': proxy } = cluster;
  const headers = headersOf(user);
  return {
    url: cluster.server.replace(/\/$/, ''),
    tls: tlsOf(cluster, user),
    ...(proxy === undefined ? {} : { proxy }),
    headers: () => Promise.resolve(headers),
  };
}

function tlsOf(cluster: KubeconfigCluster, user: KubeconfigUser): ApiServer['tls'] {
  const ca = decoded(cluster['certificate-authority-data']);
  const cert = decoded(user['client-certificate-data']);
  const key = decoded(user['client-key-data']);
  const servername = cluster['tls-server-name'];
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(servername !== undefined && { servername }),
    ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
  };
}

const decoded = (data: string | undefined): Buffer | undefined =>
  data === undefined ? undefined : Buffer.from(data, 'base64');

const headersOf = (user: KubeconfigUser): Readonly<Record<string, string>> => ({
  ...(user.username && { authorization: `Basic ${basicOf(user.username, user.password ?? '')}` }),
  ...(user.token && { authorization: `Bearer ${user.token}` }),
  ...(user.as && { 'impersonate-user': user.as }),
});

const basicOf = (username: string, password: string): string =>
  Buffer.from(`${username}:${password}`).toString('base64');
