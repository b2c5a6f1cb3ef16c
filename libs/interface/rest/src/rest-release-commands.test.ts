import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

const id = '00000000-0000-4000-8000-000000000001';
let app: RestApp;
const call = callerOf(() => app);
const tell = (verb: string, body?: unknown) =>
  call('POST', `/api/v1/releases/${id}/${verb}`, body === undefined ? {} : { body });

beforeAll(async () => {
  app = await startRestApp();
});
beforeEach(() => app.useCases.releases.put(aRelease()));
afterAll(() => app.close());

describe('what a release is told', () => {
  it.each<[string, unknown, object]>([
    ['pause', undefined, { verb: 'pause', comment: '' }],
    ['resume', { comment: 'fine' }, { verb: 'resume', comment: 'fine' }],
    ['promote', {}, { verb: 'promote' }],
    ['promote-full', {}, { verb: 'promoteFull' }],
    ['skip-step', undefined, { verb: 'skipStep' }],
    ['skip-step', { step: 0, comment: 'night' }, { verb: 'skipStep', step: 0, comment: 'night' }],
    ['jump-to-step', { step: 3 }, { verb: 'jumpToStep', step: 3, comment: '' }],
    ['restart', undefined, { verb: 'restart' }],
    ['abort', undefined, { verb: 'abort' }],
  ])('%s with %j', async (verb, body, command) => {
    expect(await tell(verb, body)).toMatchObject({ status: 200, body: { id } });
    expect(app.useCases.commands.at(-1)).toMatchObject({ release: id, ...command });
  });

  it.each<[string, unknown, string]>([
    ['jump-to-step', {}, 'step'],
    ['jump-to-step', { step: -1 }, 'step'],
    ['skip-step', { step: '1' }, 'step'],
    ['change-strategy', {}, 'strategy'],
    ['change-strategy', { strategy: 'careful', version: 0 }, 'version'],
    ['retry', { onBusy: 'wait' }, 'onBusy'],
    ['undo', { strategy: 'No Name' }, 'strategy'],
  ])('is not understood: %s with %j', async (verb, body, field) => {
    expect(await tell(verb, body)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', field },
    });
  });
});
