import { aRelease } from '@spillway/domain-release/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';
import { id } from './testing/views.js';

let app: RestApp;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
  app.useCases.releases.put(aRelease());
});
afterEach(() => app.close());

it.each<[string, object]>([
  [`promote ${id}`, { verb: 'promote', comment: '' }],
  [`promote ${id} --full --comment sure`, { verb: 'promoteFull', comment: 'sure' }],
  [`skip-step ${id}`, { verb: 'skipStep' }],
  [`skip-step ${id} --step 0 --comment night`, { verb: 'skipStep', step: 0, comment: 'night' }],
  [`jump ${id} 3 --comment enough`, { verb: 'jumpToStep', step: 3, comment: 'enough' }],
  [`restart ${id}`, { verb: 'restart' }],
])('release %s', async (line, command) => {
  const { code, stdout, stderr } = await spillway(`release ${line}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(id);
  expect(app.useCases.commands).toMatchObject([{ release: id, ...command }]);
});

it('says what becomes of a release of a busy service', async () => {
  const line = 'release create shop/catalog --candidate v2 --strategy canary-10 --on-busy queue';
  expect((await spillway(line)).code).toBe(0);
  expect(app.useCases.commands).toMatchObject([{ onBusy: 'queue' }]);
});

it.each([
  [`jump ${id}`, "missing required argument 'step'"],
  [`jump ${id} two`, 'Write a whole number from 0.'],
  [`skip-step ${id} --step -1`, 'Write a whole number from 0.'],
  [`change-strategy ${id}`, "missing required argument 'strategy'"],
  [`retry ${id} --on-busy wait`, 'Allowed choices are refuse, queue, supersede'],
  [`undo ${id} --timeout 1m`, '--timeout is there without --wait.'],
])('takes "release %s" for a wrong command line', async (line, message) => {
  const { code, stderr } = await spillway(`release ${line}`);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  expect(app.useCases.commands).toEqual([]);
});

it.each(['retry', 'undo', 'change-strategy'])('release %s of none is refused', async (verb) => {
  const strategy = verb === 'change-strategy' ? ' careful' : '';
  const { code, stderr } = await spillway(`release ${verb} ${id}${strategy}`);
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`There is no release "${id}".`),
  });
});
