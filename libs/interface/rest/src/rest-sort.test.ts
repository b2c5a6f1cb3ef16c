import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workshop } from '@spillway/application/testing';
import { openApiDocument } from './openapi/document.js';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const workshop = new Workshop();
let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp({ replace: { useCases: workshop.useCases } });
  await workshop.furnish();
});
afterAll(() => app.close());

interface Listed {
  readonly items: readonly { readonly name: string }[];
  readonly next?: string;
}

const list = async (query: string): Promise<Listed> =>
  (await call('GET', `/api/v1/clusters?${query}`)).body as Listed;

const namesOf = ({ items }: Listed) => items.map(({ name }) => name);

describe('a list', () => {
  it('is read by name from both ends', async () => {
    expect(namesOf(await list(''))).toEqual(['eu', 'us']);
    expect(namesOf(await list('sort=name'))).toEqual(['eu', 'us']);
    const { next = '', ...first } = await list('sort=-name&limit=1');
    expect(namesOf(first)).toEqual(['us']);
    expect(namesOf(await list(`sort=-name&limit=1&cursor=${next}`))).toEqual(['eu']);
  });

  it('goes on in the order of the page before only', async () => {
    for (const [order, other] of [
      ['name', '-name'],
      ['-name', 'name'],
    ]) {
      const { next } = await list(`sort=${order}&limit=1`);
      expect(await call('GET', `/api/v1/clusters?sort=${other}&cursor=${next}`)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_INPUT', detail: expect.stringContaining('in another order') },
      });
    }
  });

  it('is sorted by nothing else', async () => {
    expect(await call('GET', '/api/v1/clusters?sort=createdAt')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', field: 'sort' },
    });
  });

  it('of releases begins with the oldest where that is asked for', async () => {
    const ids: string[] = [];
    for (const policy of ['refuse', 'queue'] as const) {
      const { value } = (await workshop.start({ onBusy: policy })) as { value: { id: string } };
      ids.push(value.id);
    }
    const listed = async (query: string) =>
      ((await call('GET', `/api/v1/releases?${query}`)).body as { items: { id: string }[] }).items;
    expect((await listed('sort=createdAt')).map(({ id }) => id)).toEqual(ids);
    expect((await listed('sort=-createdAt')).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await listed('')).toEqual(await listed('sort=-createdAt'));
  });

  it('says in its document how it is sorted, wherever it can be', async () => {
    const { paths } = await openApiDocument();
    const sorted = Object.entries(paths)
      .filter(([, { get }]) => JSON.stringify(get?.parameters ?? []).includes('"name":"sort"'))
      .map(([path]) => path.replace('/api/v1/', ''));
    expect(sorted.toSorted()).toEqual([
      'clusters',
      'egress-policies',
      'freeze-windows',
      'members',
      'notifications',
      'releases',
      'rules',
      'secrets',
      'services',
      'sources',
      'strategies',
      'tokens',
      'webhooks',
    ]);
  });
});
