import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRelease, aReleaseEvent } from '@spillway/domain-release/testing';
import type { ReleaseEvent } from '@spillway/sdk';
import { parse } from 'yaml';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

const id = '00000000-0000-4000-8000-000000000001';

let app: RestApp;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
  app.useCases.releases.put(aRelease({ revision: 1 }));
}, 30_000);
afterEach(() => app.close());

const end = (phase: 'succeeded' | 'rolledBack') =>
  app.useCases.releases.put(aRelease({ revision: 2, phase }));

describe('what scripts are told when something is wrong', () => {
  it('is JSON on stderr, with the code of the server, and nothing on stdout', async () => {
    const { code, stdout, stderr } = await spillway('cluster get atlantis -o json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        code: 'UNKNOWN_CLUSTER',
        status: 404,
        message: expect.stringContaining('atlantis'),
        next: expect.any(String),
        request: expect.any(String),
        exitCode: 1,
      },
    });
  });

  it.each([
    ['cluster lst -o json', 2, 'Did you mean list?'],
    ['cluster -o json', 2, 'A command is missing.'],
    ['cluster list -ojson --colour', 2, '--colour'],
    ['cluster list --output=json --url nowhere', 2, 'nowhere'],
    ['cluster list --output json --url http://127.0.0.1:1', 3, 'does not answer'],
  ])('is one line of JSON for "%s"', async (line, exitCode, words) => {
    const { code, stdout, stderr } = await spillway(line);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { exitCode, message: expect.stringContaining(words) },
    });
  });

  it('is YAML where YAML is asked for', async () => {
    const { stderr } = await spillway('cluster get atlantis -o yaml');
    expect(parse(stderr)).toMatchObject({ error: { code: 'UNKNOWN_CLUSTER', exitCode: 1 } });
  });
});

describe('--quiet', () => {
  it('prints ids and names only', async () => {
    const line = 'release create shop/catalog --candidate v2 --strategy canary-10 --quiet';
    const { stdout } = await spillway(line);
    expect(stdout).toMatch(/^[0-9a-f-]{36}\n$/);
    expect((await spillway('release list -q')).stdout).toContain(stdout);
  });

  it('says nothing of a release that is watched but how it ended', async () => {
    end('succeeded');
    expect(await spillway(`release watch ${id} -q`)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('takes nothing away from JSON', async () => {
    const { stdout } = await spillway(`release get ${id} -q -o json`);
    expect(JSON.parse(stdout)).toMatchObject({ id, service: 'shop/catalog' });
  });
});

describe('release wait', () => {
  it.each([
    ['succeeded', 0],
    ['rolledBack', 1],
  ] as const)('ends with the release: %s is %d', async (phase, expected) => {
    const waiting = spillway(`release wait ${id} -q`);
    end(phase);
    expect(await waiting).toEqual({ code: expected, stdout: `${id}\n`, stderr: '' });
  });

  it('is content with a phase that was named', async () => {
    const waiting = await spillway(`release wait ${id} --for ${aRelease().phase} -o json`);
    expect(waiting.code).toBe(0);
    expect(JSON.parse(waiting.stdout)).toMatchObject({ id });
  });

  it('exits 1 when the release ends without it', async () => {
    end('rolledBack');
    const { code, stderr } = await spillway(`release wait ${id} --for promoting`);
    expect(code).toBe(1);
    expect(stderr).toContain('ended otherwise than waited for. It was rolledBack');
  });

  it('exits 4 when its time is over', async () => {
    const { code, stdout, stderr } = await spillway(`release wait ${id} --timeout 20ms`);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('which goes on');
  });

  it('needs --wait for a time to wait', async () => {
    const line = 'release create shop/catalog --candidate v2 --strategy canary-10 --timeout 1m';
    const { code, stderr } = await spillway(line);
    expect(code).toBe(2);
    expect(stderr).toContain('--timeout is there without --wait.');
    expect(app.useCases.commands).toEqual([]);
  });
});

describe('release events --watch', () => {
  it('prints each event on a line of its own, and ends with the release', async () => {
    const hash = 'a'.repeat(64);
    const event = aReleaseEvent(undefined, { because: 'ready' });
    app.useCases.events.push({ sequence: 1, event, hash }, { sequence: 2, event, hash });
    end('succeeded');
    const { code, stdout } = await spillway(`release events ${id} --watch -o json`);
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.map((line) => (JSON.parse(line) as ReleaseEvent).sequence)).toEqual([1, 2]);
  });
});

describe('CI', () => {
  it('gets no colour and no picture, though it has a terminal', async () => {
    end('succeeded');
    const atTerminal = { isTTY: true, env: { TERM: 'xterm' } };
    const forPeople = await spillway(`release watch ${id}`, atTerminal);
    expect(forPeople.stdout).toContain('\u001b[');
    const env = { ...atTerminal.env, CI: 'true' };
    const inCi = await spillway(`release watch ${id}`, { ...atTerminal, env });
    expect(inCi.stdout).not.toContain('\u001b[');
    expect(inCi.stdout).toContain('Succeeded after');
  });
});
