import { aRelease, aReleaseEvent } from '@spillway/domain-release/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';
import { id } from './testing/views.js';

let app: RestApp;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

describe('release create', () => {
  it('starts a release and shows it', async () => {
    const { code, stdout, stderr } = await spillway(
      'release create shop/catalog --candidate v2 --strategy canary-10 --description "Faster search"',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replace(/^Release: .*\n/, '')).toBe(
      [
        'Service:     shop/catalog v1 → v2',
        'Strategy:    canary-10, version 1',
        'Phase:       Pending',
        'Because:     anna asked for it',
        'Step:        step 1 of 4, wave 1: set 10 %',
        'Asked for:   2026-01-05T10:00:00Z by ci',
        'Description: Faster search',
        '',
        'CLUSTER  WAVE  WEIGHT  ROUTING',
        'eu       1     0 %     untouched',
        'us       1     0 %     untouched',
        '',
      ].join('\n'),
    );
    expect(app.useCases.commands).toMatchObject([
      { service: 'shop/catalog', candidate: 'v2', strategy: 'canary-10', actor: 'ci' },
    ]);
  });

  it.each([
    ['release create catalog --candidate v2 --strategy s', 'Write it as namespace/name.'],
    ['release create shop/catalog --strategy s', "required option '--candidate <version>'"],
    ['release create shop/catalog --candidate v2', "required option '--strategy <name>'"],
    ['release create --candidate v2 --strategy s', "missing required argument 'service'"],
  ])('takes "%s" for a wrong command line', async (line, message) => {
    const { code, stdout, stderr } = await spillway(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(app.useCases.commands).toEqual([]);
  });

  it('tells a refusal with its field and what to do', async () => {
    const { code, stdout, stderr } = await spillway(
      'release create shop/catalog --candidate v_2 --strategy canary-10',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      [
        'spillway: candidate: must be letters, digits and "-", at most 63.',
        '  field:   candidate',
        '  next:    Correct it and send the request again.',
        '',
      ].join('\n'),
    );
  });
});

describe('a release', () => {
  beforeEach(() => app.useCases.releases.put(aRelease()));

  it('is listed, with filters', async () => {
    const { stdout } = await spillway('release list --service shop/catalog --phase pending');
    expect(stdout).toBe(
      [
        'ID                                    SERVICE       FROM  TO  STRATEGY   PHASE    STEP  AGE',
        `${id}  shop/catalog  v1    v2  canary-10  pending  0/4   1m`,
        '',
      ].join('\n'),
    );
    expect((await spillway('release list --phase held -o json')).stdout).toBe('[]\n');
    expect((await spillway('release list --phase unknown')).code).toBe(2);
  });

  it('is listed up to the limit', async () => {
    for (const n of [2, 3, 4]) {
      const other = `00000000-0000-4000-8000-00000000000${n}`;
      app.useCases.releases.put({ ...aRelease(), id: other as ReturnType<typeof aRelease>['id'] });
    }
    const { stdout } = await spillway('release list --limit 3 -o json');
    expect(JSON.parse(stdout)).toHaveLength(3);
  });

  it('is got in each format', async () => {
    expect((await spillway(`release get ${id}`)).stdout).toMatch(/^Release: +0{8}-/);
    expect((await spillway(`release get ${id} -o yaml`)).stdout).toMatch(/^id: 0{8}-/);
    const { stdout } = await spillway(`release get ${id} -o json`);
    expect(JSON.parse(stdout)).toMatchObject({ id, phase: 'pending' });
  });

  it.each(['pause', 'resume', 'promote', 'abort'])('takes "%s" with a comment', async (verb) => {
    const { code } = await spillway(`release ${verb} ${id} --comment "Ada says so"`);
    expect(code).toBe(0);
    expect(app.useCases.commands).toMatchObject([{ verb, comment: 'Ada says so' }]);
  });

  it('tells its events, all or those after one', async () => {
    app.useCases.events.push(
      { sequence: 1, event: aReleaseEvent(undefined, { because: 'ready' }), hash: 'a'.repeat(64) },
      { sequence: 2, event: aReleaseEvent({ type: 'paused' }), hash: 'b'.repeat(64) },
    );
    expect((await spillway(`release events ${id}`)).stdout).toBe(
      [
        'SEQ  TIME                  EVENT     ACTOR  BECAUSE',
        '1    2026-01-05T10:00:00Z  prepared  anna   ready',
        '2    2026-01-05T10:00:00Z  paused    anna   a test says so',
        '',
      ].join('\n'),
    );
    const { stdout } = await spillway(`release events ${id} --after 1 -o json`);
    expect(JSON.parse(stdout)).toMatchObject([{ sequence: 2, type: 'paused' }]);
  });

  it('that is not there is a refusal', async () => {
    const { code, stderr } = await spillway('release get nonsense');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no release "nonsense"');
  });
});
