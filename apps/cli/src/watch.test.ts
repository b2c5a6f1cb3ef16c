import { aRelease, aReleaseEvent } from '@spillway/domain-release/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { main } from './cli.js';
import { FakeIo, type FakeOptions } from './testing/fake-io.js';
import { screenOf } from './testing/screen.js';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { until } from './testing/until.js';
import { id } from './testing/views.js';

let app: RestApp;

beforeEach(async () => {
  app = await startRestApp();
  happen(1, 'pending', 'Faster search');
});
afterEach(() => app.close());

type Phase = ReturnType<typeof aRelease>['phase'];

/** The next event, and the release after it. */
function happen(revision: number, phase: Phase, because: string): void {
  const event = aReleaseEvent(undefined, { because, actor: 'spillway' });
  app.useCases.events.push({ sequence: revision, event, hash: 'a'.repeat(64) });
  app.useCases.releases.put(aRelease({ revision, phase, because }));
}

function watch(line: string, options: FakeOptions = {}) {
  const io = new FakeIo({ ...options, env: { SPILLWAY_URL: app.url } });
  const ended = main(line.split(' '), io);
  const sees = (text: string): Promise<void> => until(() => io.written.stdout.includes(text));
  return { io, ended, sees };
}

describe('release watch in a pipe', () => {
  it('writes one line per event and the end, and exits 0 when the release succeeds', async () => {
    const { io, ended, sees } = watch(`release watch ${id}`);
    await sees('Faster search');
    happen(2, 'progressing', 'v2 gets 10 % in eu');
    await sees('v2 gets 10 % in eu');
    happen(3, 'succeeded', 'v2 has all traffic');
    expect(await ended).toBe(0);
    expect(io.written).toEqual({
      stdout: [
        `release ${id}: shop/catalog v1 → v2, canary-10 version 1`,
        '2026-01-05T10:00:00Z prepared           Faster search (spillway)',
        '2026-01-05T10:00:00Z prepared           v2 gets 10 % in eu (spillway)',
        '2026-01-05T10:00:00Z prepared           v2 has all traffic (spillway)',
        'Succeeded after 1m 0s: v2 has all traffic',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(io.busy).toBe(0);
  });

  it.each(['rolledBack', 'cancelled'] as const)('exits 1 when it ends as %s', async (phase) => {
    happen(2, phase, 'v2 fails');
    const { io, ended } = watch(`release watch ${id}`);
    expect(await ended).toBe(1);
    expect(io.written.stdout).toContain('after 1m 0s: v2 fails\n');
  });

  it('gives programs the release after each change, one JSON object a line', async () => {
    const { io, ended, sees } = watch(`release watch ${id} -o json`);
    await sees('"revision":1');
    happen(2, 'succeeded', 'done');
    expect(await ended).toBe(0);
    const lines = io.written.stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { phase: string }).phase)).toEqual([
      'pending',
      'succeeded',
    ]);
  });

  it('follows a release that it has just created', async () => {
    const { ended, sees } = watch(
      'release create shop/catalog --candidate v2 --strategy canary-10 --watch',
    );
    await sees('canary-10 version 1');
    const created = app.useCases.releases.all().find((release) => release.id !== id);
    app.useCases.releases.put(aRelease({ ...created, revision: 9, phase: 'succeeded' }));
    expect(await ended).toBe(0);
  });

  it('takes a terminal that knows no escape sequences for a pipe', async () => {
    happen(2, 'succeeded', 'done');
    const io = new FakeIo({ isTTY: true, env: { SPILLWAY_URL: app.url, TERM: 'dumb' } });
    expect(await main(['release', 'watch', id], io)).toBe(0);
    expect(io.written.stdout).not.toContain('\u001b');
  });

  it('tells at once that there is no such release', async () => {
    const unknown = '00000000-0000-4000-8000-00000000ffff';
    const { io, ended } = watch(`release watch ${unknown}`, { isTTY: true });
    expect(await ended).toBe(1);
    expect(io.written.stdout).toBe('');
    expect(io.written.stderr).toContain(`There is no "${unknown}".`);
  });
});

describe('release watch in a terminal', () => {
  it('redraws one picture in place and leaves the last one there', async () => {
    const { io, ended, sees } = watch(`release watch ${id}`, { isTTY: true });
    await sees('Faster search');
    happen(2, 'progressing', 'v2 gets 10 % in eu');
    await sees('v2 gets 10 % in eu');
    io.pass(5_000);
    happen(3, 'rolledBack', 'success-rate in eu: 3 of 3 measurements failed');
    expect(await ended).toBe(1);
    expect(screenOf(io.written.stdout)).toBe(
      [
        'shop/catalog  v1 → v2  canary-10, version 1                               1m 5s',
        '✘ Rolled back  success-rate in eu: 3 of 3 measurements failed',
        '',
        '  eu  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 %  untouched',
        '  us  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 %  untouched',
        '',
        '  10:00:00  Faster search',
        '  10:00:00  v2 gets 10 % in eu',
        '  10:00:00  success-rate in eu: 3 of 3 measurements failed',
        '',
        `release ${id}`,
      ].join('\n'),
    );
  });

  it('keeps the clock running while nothing happens', async () => {
    const { io, ended, sees } = watch(`release watch ${id}`, { isTTY: true });
    await sees('1m 0s');
    io.pass(7_000);
    expect(screenOf(io.written.stdout)).toContain('1m 7s');
    io.send('SIGINT');
    await ended;
  });

  it('fits the picture to a window that gets another size', async () => {
    const { io, ended, sees } = watch(`release watch ${id}`, { isTTY: true });
    await sees('Faster search');
    io.resize(50, 9);
    const lines = screenOf(io.written.stdout).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(50);
    expect(lines.length).toBeLessThan(9);
    io.send('SIGINT');
    await ended;
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('leaves the release alone on %s, says so, and exits %i', async (signal, status) => {
    const { io, ended, sees } = watch(`release watch ${id}`, { isTTY: true });
    await sees('Faster search');
    io.send(signal);
    expect(await ended).toBe(status);
    expect(io.written.stderr).toMatch(/^spillway: stopped watching; the release goes on\.\n/);
    expect(io.written.stdout.endsWith('\u001b[?7h\u001b[?25h')).toBe(true);
    expect(app.useCases.commands).toEqual([]);
    expect(io.busy).toBe(0);
  });

  it('shows that the server does not answer any more', async () => {
    const { io, ended, sees } = watch(`release watch ${id}`, { isTTY: true });
    await sees('Faster search');
    await until(() => app.useCases.releases.watchers === 1);
    await app.close();
    await until(() => {
      io.pass(1_000);
      return screenOf(io.written.stdout).includes('Spillway has not answered for');
    });
    io.send('SIGINT');
    expect(await ended).toBe(130);
  });
});
