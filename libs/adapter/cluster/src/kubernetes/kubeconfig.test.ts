import { describe, expect, it } from '@jest/globals';
import { loadKubeconfig } from './kubeconfig.js';

const config = (cluster: string, user: string): string => `
apiVersion: v1
kind: Config
current-context: eu
clusters:
  - { name: eu, cluster: { ${cluster} } }
  - { name: us, cluster: { server: 'https://us.example:6443' } }
users: [{ name: ci, user: { ${user} } }]
contexts:
  - { name: eu, context: { cluster: eu, user: ci } }
  - { name: us, context: { cluster: us, user: ci } }
`;
const load = (kubeconfig: string, context?: string): ReturnType<typeof loadKubeconfig> =>
  loadKubeconfig({ kind: 'kubeconfig', kubeconfig, ...(context !== undefined && { context }) });
const server = "server: 'https://eu.example:6443'";

describe('a kubeconfig', () => {
  it('leads to the cluster of its current context, or of the one that is asked for', () => {
    const text = config(server, 'token: t');
    const serverOf = (context?: string): string | undefined => {
      const loaded = load(text, context);
      return loaded.ok ? loaded.value.getCurrentCluster()?.server : loaded.error;
    };
    expect(serverOf()).toBe('https://eu.example:6443');
    expect(serverOf('us')).toBe('https://us.example:6443');
  });

  it('is refused when it would run a program here', () => {
    const text = config(server, 'exec: { apiVersion: v1, command: sh, args: [-c, id] }');
    expect(load(text)).toMatchObject({ ok: false, error: expect.stringMatching(/plug-in/) });
  });

  it.each([
    [`${server}, certificate-authority: /etc/ca.crt`, 'token: t'],
    [server, 'client-certificate: /etc/passwd, client-key: /etc/shadow'],
    [server, 'auth-provider: { name: tokenFile, config: { tokenFile: /etc/shadow } }'],
    ["server: 'https://eu.example:6443'", 'token-file: /etc/shadow'],
    ["server: 'https://eu.example:6443'", 'tokenFile: /etc/shadow'],
  ])('is refused when it would read a file here: %s, %s', (cluster, user) => {
    expect(load(config(cluster, user))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/file/),
    });
  });

  it.each([
    ['not a kubeconfig at all', undefined, /cluster/],
    ['{', undefined, /cannot be read/],
    [config(server, 'token: t'), 'asia', /no cluster for its context "asia"/],
    [config(`${server}, proxy-url: 'socks5://p:1080'`, 'token: t'), undefined, /speaks SOCKS/],
    [config("server: 'eu.example'", 'token: t'), undefined, /not the URL of an API server/],
  ])('is refused when it leads nowhere: %s', (text, context, reason) => {
    expect(load(text, context)).toMatchObject({
      ok: false,
      error: expect.stringMatching(reason),
    });
  });

  it('is not quoted when it cannot be read: it may hold a token', () => {
    const loaded = load(`users:\n  - token: hunter2\n  - [`);
    expect(loaded).toMatchObject({
      ok: false,
      error: expect.stringMatching(/cannot be read: \w+/),
    });
    expect(JSON.stringify(loaded)).not.toContain('hunter2');
  });

  it('is not needed inside a cluster, and nothing takes its place outside of one', () => {
    expect(loadKubeconfig({ kind: 'inCluster' })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/does not run in a Kubernetes pod/),
    });
  });
});
