import { expect, it } from '@jest/globals';
import type { Logger } from '@spillway/application';
import { aTracedWorkshop } from '../testing/traced-workshop.js';
import { eu } from '@spillway/application/testing';
import { spanIdOf, traceIdOf } from './ids.js';

type Fields = Parameters<Logger['info']>[0];

it('tells lines about a release where they belong, and leaves the others alone', async () => {
  const { workshop, tracing } = await aTracedWorkshop();
  const lines: Fields[] = [];
  const note = (fields: Fields) => void lines.push(fields);
  const logger = tracing.logger({ info: note, warn: note, error: note });
  const { id } = await workshop.started();
  logger.info({ release: id }, 'outside of a job');
  logger.warn({ cluster: eu }, 'about no release');
  logger.error({ release: 'one' }, 'about something that cannot have a trace');
  const root = { trace_id: traceIdOf(id), span_id: spanIdOf(id, 'release') };
  expect(lines).toEqual([{ release: id, ...root }, { cluster: eu }, { release: 'one' }]);
});

it('tells lines of a job which traffic they are about', async () => {
  const { workshop, tracing, spans } = await aTracedWorkshop();
  const lines: Fields[] = [];
  const note = (fields: Fields) => void lines.push(fields);
  Object.assign(workshop.deps.logger, { info: note, warn: note, error: note });
  workshop.cluster(eu).answers.push({ kind: 'refused', reason: 'admission says no' });
  const { id } = await workshop.started();
  await workshop.pass(60_000);
  await tracing.close();
  const refused = lines.find((fields) => fields['cluster'] === eu);
  expect(refused).toMatchObject({ release: id, generation: expect.any(Number) });
  const traffic = spans.find(({ spanId }) => spanId === refused?.['span_id']);
  expect(traffic).toMatchObject({
    name: 'traffic',
    attributes: {
      'spillway.cluster': eu,
      'spillway.generation': refused?.['generation'],
    },
  });
});
