import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aCluster,
  aService,
  eu,
  putSurroundings,
  saveFirst,
  someRelease,
  us,
} from '@spillway/application/testing';
import { secretName, sourceName } from '@spillway/kernel';
import { createSealer } from './sealer.js';
import {
  freshPersistence,
  openPersistence,
  type FreshPersistence,
} from './testing/fresh-persistence.js';

let persistence: FreshPersistence;
beforeEach(async () => {
  persistence = await freshPersistence();
});
afterEach(() => persistence.close());

const secretive = aCluster({
  connection: { kind: 'kubeconfig', kubeconfig: 'geheim-1', context: 'prod' },
  metrics: {
    kind: 'prometheus',
    url: 'https://prometheus.example',
    auth: { kind: 'basic', username: 'anna', password: 'geheim-2' },
    timeoutMs: 1_000,
    reporter: 'source',
    scrapeIntervalMs: 15_000,
    lagMs: 1_000,
  },
});

describe('secrets of a cluster', () => {
  it('are in no column in the clear', async () => {
    await persistence.unitOfWork.run((tx) => tx.clusters.put(secretive));
    const [row] = await persistence.sql('select clusters::text as text from clusters');
    expect(row?.['text']).toContain('prod');
    expect(row?.['text']).not.toContain('geheim');
  });

  it('are refused when somebody moved them to another cluster', async () => {
    await persistence.unitOfWork.run(async (tx) => {
      await tx.clusters.put(secretive);
      await tx.clusters.put({ ...secretive, name: us });
    });
    await persistence.sql(`
      update clusters set connection = (select connection from clusters where name = 'eu')
      where name = 'us'`);
    const read = persistence.unitOfWork.run((tx) => tx.clusters.get(us));
    await expect(read).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('are refused to a process that has another key', async () => {
    await persistence.unitOfWork.run((tx) => tx.clusters.put(secretive));
    const stranger = await openPersistence(persistence.url, createSealer('0'.repeat(64)));
    try {
      const read = stranger.unitOfWork.run((tx) => tx.clusters.get(eu));
      await expect(read).rejects.toMatchObject({ code: 'INVALID_CONFIGURATION' });
    } finally {
      await stranger.close();
    }
  });
});

describe('secrets that others refer to', () => {
  const key = secretName('key');
  const other = secretName('other');
  const put = () =>
    persistence.unitOfWork.run(async (tx) => {
      await tx.secrets.put(key, 'geheim-1');
      await tx.secrets.put(other, 'geheim-2');
    });

  it('are in no column in the clear', async () => {
    await put();
    const [row] = await persistence.sql(
      `select string_agg(secrets::text, '') as text from secrets`,
    );
    expect(row?.['text']).toContain('key');
    expect(row?.['text']).not.toContain('geheim');
  });

  it('do not open when somebody moved them to another name', async () => {
    await put();
    await persistence.sql(`
      update secrets set sealed = (select sealed from secrets where name = 'key')
      where name = 'other'`);
    const open = persistence.unitOfWork.run((tx) => tx.secrets.open(other));
    await expect(open).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('cannot be removed from under a source', async () => {
    await put();
    const connection = {
      kind: 'dynatrace',
      url: 'https://d.example',
      apiToken: { secret: key },
      timeoutMs: 1_000,
    } as const;
    await persistence.unitOfWork.run((tx) =>
      tx.sources.put({ name: sourceName('dynatrace'), connection }),
    );
    const remove = persistence.sql(`delete from secrets where name = 'key'`);
    await expect(remove).rejects.toThrow('source_secrets_secret_fkey');
  });
});

describe('what cannot be stored', () => {
  it('is refused as input when it is a text with U+0000', async () => {
    const put = persistence.unitOfWork.run((tx) => tx.services.put(aService({ host: 'a\0b' })));
    await expect(put).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is refused when it is a weight above 100 %', async () => {
    await persistence.unitOfWork.run(async (tx) => {
      await putSurroundings(tx);
      await saveFirst(tx, someRelease());
    });
    const update = persistence.sql('update rollouts set desired_weight = 10001');
    await expect(update).rejects.toThrow('rollouts_desired_weight_check');
  });
});

describe('a cursor that no page gave', () => {
  it.each(['services', 'clusters', 'strategies', 'secrets', 'sources'] as const)(
    'is refused by %s',
    async (store) => {
      const list = persistence.unitOfWork.run<unknown>((tx) =>
        tx[store].list({ limit: 1, cursor: 'x' }),
      );
      await expect(list).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('is refused by releases, also when it is one of services', async () => {
    const cursor = Buffer.from('["shop/catalog"]').toString('base64url');
    const list = persistence.unitOfWork.run((tx) => tx.releases.list({}, { limit: 1, cursor }));
    await expect(list).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each([
    '["shop/catalog"]',
    '["1","errors","eu","0"]',
    '["yesterday","errors","eu","0","0"]',
    '["1","errors","eu","0","0.5"]',
    '["1","errors","eu","0","0","0"]',
  ])('is refused by looks: %s', async (key) => {
    const cursor = Buffer.from(key).toString('base64url');
    const list = persistence.unitOfWork.run((tx) =>
      tx.measurements.looks(someRelease().id, {}, { limit: 1, cursor }),
    );
    await expect(list).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('an idempotency key', () => {
  const outcome = { fingerprint: 'f', answer: 's' };
  const age = (hours: number) =>
    persistence.sql(`update idempotency_keys set created_at = now() - interval '${hours} hours'`);

  it('leaves nothing to guess the request from, and knows what an earlier version kept', async () => {
    const { unitOfWork } = persistence;
    const found = () => unitOfWork.run((tx) => tx.idempotency.get('key'));
    const digest = 'd'.repeat(64);
    await unitOfWork.run((tx) => tx.idempotency.put('key', { fingerprint: digest, answer: 's' }));
    const rows = await persistence.sql('select * from idempotency_keys');
    expect(JSON.stringify(rows)).not.toContain(digest);
    expect(await found()).toEqual({ fingerprint: digest, answer: 's' });
    await persistence.sql(`update idempotency_keys set fingerprint = '${digest}'`);
    expect(await found()).toEqual({ fingerprint: digest, answer: 's' });
  });

  it('is kept for 24 hours, then forgotten, and may be used again', async () => {
    const { unitOfWork } = persistence;
    await unitOfWork.run((tx) => tx.idempotency.put('key', outcome));
    await age(23);
    expect(await unitOfWork.run((tx) => tx.idempotency.get('key'))).toEqual(outcome);
    await age(25);
    expect(await unitOfWork.run((tx) => tx.idempotency.get('key'))).toBeUndefined();
    await unitOfWork.run((tx) => tx.idempotency.put('other', outcome));
    expect(await persistence.sql('select key from idempotency_keys')).toEqual([{ key: 'other' }]);
  });
});
