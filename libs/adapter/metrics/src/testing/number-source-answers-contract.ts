import { expect, it } from '@jest/globals';
import { expectError, sourceBench } from './source-bench.js';
import type { VendorUnderTest } from './vendor-under-test.js';

/** Bodies that no backend means as an answer, but for one whose way to say "empty" it is. */
const strangeTo = ({ empty }: VendorUnderTest): readonly string[] =>
  ['{"it is":"somebody else"}', '[]', 'null', '3', '"ok"', ''].filter((text) =>
    empty.every(([, { body }]) => text !== body && text !== JSON.stringify(body)),
  );

/** What it asks, and what it makes of good answers. */
export function numberSourceAnswers(vendor: VendorUnderTest): void {
  const start = sourceBench(vendor);

  it('asks as the vendor expects it, for the window', async () => {
    const { ask, queries } = await start(vendor.value(1));
    await ask();
    expect(queries()).toHaveLength(1);
    for (const request of queries()) vendor.checkRequest(request);
  });

  it.each([0, 1, -1.5, 0.05, 12_345.678, 1e-9, 1e15])('reads %d', async (value) => {
    const { ask } = await start(vendor.value(value));
    expect(await ask()).toEqual({ kind: 'value', value });
  });

  it.each(vendor.empty)('calls it empty when there is %s', async (_, reply) => {
    const { ask } = await start(reply);
    expect(await ask()).toEqual({ kind: 'empty' });
  });

  it.each(vendor.notANumber)('calls it no number when there is %s', async (_, reply) => {
    const { ask } = await start(reply);
    expect(await ask()).toEqual({ kind: 'notANumber' });
  });

  it('calls what is too large for a number no number', async () => {
    const { body, ...rest } = vendor.value(12_345);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { ask } = await start({ ...rest, body: text.replace('12345', '1e999') });
    expect(await ask()).toEqual({ kind: 'notANumber' });
  });

  it.each(vendor.several)('picks none of several series: $name', async ({ reply, message }) => {
    const { ask } = await start(reply);
    expectError(await ask(), message);
  });

  it.each(strangeTo(vendor))(
    'takes %j for an error, never for an answer without data',
    async (body) => {
      const { ask } = await start({ headers: { 'content-type': 'application/json' }, body });
      expect(await ask()).toMatchObject({ kind: 'error' });
    },
  );

  if (vendor.strange !== undefined) {
    it.each(vendor.strange)('takes %s for an error', async (_, reply) => {
      const { ask } = await start(reply);
      expect(await ask()).toMatchObject({ kind: 'error' });
    });
  }

  it('answers many questions at once', async () => {
    const { ask } = await start(vendor.value(7));
    const answers = await Promise.all(Array.from({ length: 10 }, ask));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ kind: 'value', value: 7 })));
  });
}
