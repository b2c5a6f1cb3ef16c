import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { hookPoints } from '@spillway/domain-release';
import { aCaller, Workshop } from '@spillway/application/testing';
import { toStrategy } from '@spillway/interface-contract';
import { strategyName } from '@spillway/kernel';
import { format } from 'prettier';
import { manifests } from './manifests.js';
import { page, root } from './pages.js';

const path = 'docs/guides/hooks.md';

/** What the page's own strategy posts when it is released. */
async function posted(): Promise<Readonly<Record<string, unknown>>> {
  const shown = manifests.find(({ place }) => place.startsWith(path));
  const strategy = toStrategy(shown?.body);
  if (!strategy.ok) throw new Error(strategy.error.message);
  const workshop = new Workshop();
  await workshop.furnish();
  const { hooks = [] } = strategy.value;
  for (const { url, secret } of hooks) {
    workshop.outgoing.at(url, { status: url.endsWith('rollback/check') ? 403 : 200 });
    if (secret !== undefined) await workshop.uow.run((tx) => tx.secrets.put(secret, 'whsec_a2V5'));
  }
  const stored = await workshop.useCases.putStrategy(strategy.value, aCaller('anna'));
  if (!stored.ok) throw new Error(stored.error.message);
  await workshop.started({ strategy: strategyName('hooked') });
  await workshop.pass(60_000);
  const bodyOf = (url: string, nth = 0): unknown =>
    JSON.parse(workshop.outgoing.sent.filter((one) => one.url === url)[nth]?.body ?? 'null');
  return {
    gate: bodyOf('http://flagger-loadtester.test/gate/check'),
    event: bodyOf('https://events.example/spillway'),
  };
}

const sample = /(<!-- payload: (\w+) -->\n\n```json\n)[\s\S]*?(```\n)/g;

/** `UPDATE_DOCS=1 npm run test:unit -- test/docs/hooks.test.ts` writes them anew. */
it('the payloads in the page are those that its strategy posts', async () => {
  const payloads = await posted();
  const shown = [...page(path).text.matchAll(sample)];
  expect(shown.map(([, , name]) => name)).toEqual(Object.keys(payloads));
  let wanted = page(path).text;
  for (const [whole, before = '', name = '', end = ''] of shown) {
    const json = await format(JSON.stringify(payloads[name]), { parser: 'json', printWidth: 100 });
    wanted = wanted.replace(whole, () => before + json + end);
  }
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(root, path), wanted);
  expect(readFileSync(join(root, path), 'utf8')).toBe(wanted);
});

it('the page says of every point when it is called', () => {
  const [, section = ''] = page(path).text.split(/^## Points$/m);
  const rows = [...(section.split(/^## /m)[0] ?? '').matchAll(/^\| `([a-z-]+)`/gm)];
  expect(rows.map(([, point]) => point).toSorted()).toEqual([...hookPoints].toSorted());
});
