import { describe, expect, it } from '@jest/globals';
import type { FoundServer } from './api-server.js';
import { findServer } from './find-server.js';
import { serverOfKubeconfig } from './kubeconfig.js';

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
const load = (kubeconfig: string, context?: string): FoundServer =>
  serverOfKubeconfig(kubeconfig, context);
const server = "server: 'https://eu.example:6443'";

describe('a kubeconfig', () => {
  it('leads to the cluster of its current context, or of the one that is asked for', () => {
    const text = config(server, 'token: t');
    const serverOf = (context?: string): string | undefined => {
      const loaded = load(text, context);
      return loaded.ok ? loaded.value.url : loaded.error;
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
    ['not a kubeconfig at all', undefined, /cannot be read: .*expected object/],
    ['kind: Config', undefined, /no cluster for its context/],
    ['clusters: [{ name: eu, cluster: {} }]', undefined, /clusters\.0\.cluster\.server: /],
    [config(server, 'token: 7'), undefined, /users\.0\.user\.token: .*expected string/],
    ['{', undefined, /cannot be read/],
    ['&a { clusters: *a }', undefined, /cannot be read/],
    [config(server, 'token: t'), 'asia', /no cluster for its context "asia"/],
    [
      config(`${server}, proxy-url: 'socks5://p:1080'`, 'token: t'),
      undefined,
      /not the URL of a proxy/,
    ],
    [
      config(`${server}, proxy-url: 'proxy.example:3128'`, 'token: t'),
      undefined,
      /not the URL of a proxy/,
    ],
    [config("server: 'http://eu.example'", 'token: t'), undefined, /is not encrypted/],
    [config("server: 'eu.example:6443'", 'token: t'), undefined, /not the URL of an API server/],
  ])('is refused when it leads nowhere: %s', (text, context, reason) => {
    expect(load(text, context)).toMatchObject({
      ok: false,
      error: expect.stringMatching(reason),
    });
  });

  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const found = (cluster: string, user: string) => {
    const loaded = load(config(`${server}, ${cluster}`, user));
    if (!loaded.ok) throw new Error(loaded.error);
    return loaded.value;
  };

  it('says whom to trust, and by which way', () => {
    const trusting = `certificate-authority-data: ${base64('ca')}, tls-server-name: eu.internal`;
    const { tls, proxy } = found(`${trusting}, proxy-url: 'http://p:3128'`, 'token: t');
    expect({ tls, proxy }).toEqual({
      tls: { ca: Buffer.from('ca'), servername: 'eu.internal' },
      proxy: 'http://p:3128',
    });
    expect(found('insecure-skip-tls-verify: true', 'token: t').tls).toEqual({
      rejectUnauthorized: false,
    });
  });

  it.each([
    ['token: t', { authorization: 'Bearer t' }],
    ["token: ''", {}],
    ['username: ada, password: hunter2', { authorization: `Basic ${base64('ada:hunter2')}` }],
    ['token: t, as: ada', { authorization: 'Bearer t', 'impersonate-user': 'ada' }],
  ])('says who asks: %s', async (user, headers) => {
    expect(await found("proxy-url: ''", user).headers()).toEqual(headers);
  });

  it('shows the certificate of who asks', () => {
    const user = `client-certificate-data: ${base64('cert')}, client-key-data: ${base64('key')}`;
    expect(found("tls-server-name: ''", user).tls).toEqual({
      cert: Buffer.from('cert'),
      key: Buffer.from('key'),
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
    expect(findServer({ kind: 'inCluster' })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/does not run in a Kubernetes pod/),
    });
  });
});
