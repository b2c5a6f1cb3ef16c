import { clusterName } from '@spillway/kernel';
import { expect, it } from '@jest/globals';
import { createNoMetricsSource } from './no-metrics-source.js';
import { aQuestion } from './testing/index.js';

it('answers for a cluster without metrics with an error that names it', async () => {
  const source = createNoMetricsSource(clusterName('eu'));
  expect(await source.read(aQuestion())).toMatchObject({
    kind: 'error',
    message: expect.stringContaining('"eu"'),
  });
  await source.close();
});
