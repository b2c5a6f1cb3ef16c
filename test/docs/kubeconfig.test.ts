import { KubernetesConnector } from '@spillway/adapter-cluster';
import type { ClusterLink } from '@spillway/application';
import { clusterName, instant } from '@spillway/kernel';
import { afterEach, expect, it } from '@jest/globals';
import { blocksOf, page } from './pages.js';

const links: ClusterLink[] = [];
afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()));
});

function linkOf(kubeconfig: string): ClusterLink {
  const link = new KubernetesConnector({ clock: { now: () => instant(0) } }).connect({
    cluster: clusterName('eu-west'),
    connection: { kind: 'kubeconfig', kubeconfig },
    onChange: () => undefined,
  });
  links.push(link);
  return link;
}

/** What the shell would write into the file; nobody listens at this address. */
const filled = (text: string): string =>
  text
    .replaceAll('$SERVER', 'https://127.0.0.1:9')
    .replaceAll('$TOKEN', 'abc')
    .replaceAll('$CA', '');

const kubeconfigs = blocksOf('sh').flatMap(({ place, text }) =>
  [...text.matchAll(/kubeconfig <<END\n([\s\S]*?)\nEND/g)].map(([, written = '']) => ({
    place,
    kubeconfig: filled(written),
  })),
);

it('two pages show how to make a kubeconfig', () => expect(kubeconfigs).toHaveLength(2));

it.each(kubeconfigs)('the kubeconfig of $place is one that Spillway takes', ({ kubeconfig }) => {
  expect(linkOf(kubeconfig).state().kind).toBe('connecting');
});

it.each([
  'exec: { apiVersion: client.authentication.k8s.io/v1, command: aws }',
  'client-certificate: /tls.crt',
])('one with a user of { %s } is refused, as clusters.md says', (user) => {
  const [{ kubeconfig } = { kubeconfig: '' }] = kubeconfigs;
  const other = kubeconfig.replace('token: abc', user);
  expect(other).not.toBe(kubeconfig);
  expect(linkOf(other).state()).toMatchObject({ kind: 'unreachable' });
  expect(page('docs/guides/clusters.md').prose).toMatch(/Refused are exec plug-ins/);
});
