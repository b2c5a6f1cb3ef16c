import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { ok, refuse } from '@spillway/kernel';
import type { FoundServer } from './api-server.js';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The API server of the cluster in whose pod this process runs, signed to by the pod's own account.
 * Source: Kubernetes, "Accessing the Kubernetes API from a Pod".
 */
export function serverOfPod(env: NodeJS.ProcessEnv = process.env, folder = account): FoundServer {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env;
  if (host === '' || port === '') {
    return refuse(
      'this process does not run in a Kubernetes pod; register the cluster by kubeconfig',
    );
  }
  const token = join(folder, 'token');
  try {
    return ok({
      url: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
      tls: { ca: readFileSync(join(folder, 'ca.crt')) },
      // The kubelet replaces the token before it expires, after an hour.
      headers: async () => ({ authorization: `Bearer ${(await readFile(token, 'utf8')).trim()}` }),
    });
  } catch (error) {
    return refuse(`the pod's account cannot be read: ${(error as Error).message}`);
  }
}
