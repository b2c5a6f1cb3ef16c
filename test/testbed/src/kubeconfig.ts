import { stringify } from 'yaml';
import type { ApiServer, User } from './api-server.js';

/** A kubeconfig with everything inside: no path, no command. */
export function kubeconfigFor(name: string, server: ApiServer, user: User): string {
  const authority = Buffer.from(server.certificateAuthority).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: server.url, 'certificate-authority-data': authority } }],
    users: [{ name: user.name, user: { token: user.token } }],
    contexts: [{ name, context: { cluster: name, user: user.name } }],
  });
}
