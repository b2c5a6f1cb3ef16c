import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

const add = 'cluster add eu-west --simulated';

describe('cluster add', () => {
  it('adds a simulated cluster with labels', async () => {
    const { code, stdout, stderr } = await spillway(
      `${add} --seed 7 --label region=eu --label env=prod`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'Name:       eu-west',
        'State:      ready for 1m 0s',
        'Labels:     region=eu,env=prod',
        'Connection: simulated (seed 7)',
        'Metrics:    simulated',
        'Age:        1m',
        '',
      ].join('\n'),
    );
  });

  it('sends the text of a kubeconfig and of the files with secrets, and prints none of them', async () => {
    const files = { 'eu.yaml': 'apiVersion: v1 # s3cret', token: 'pr0m-token\n' };
    const outcome = await spillway(
      'cluster add eu --kubeconfig eu.yaml --context admin --prometheus http://prometheus:9090 --prometheus-token-file token',
      { files },
    );
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('Connection: kubeconfig (context admin)');
    expect(outcome.stdout).toContain('Auth:       bearer');
    expect(outcome.stdout).not.toMatch(/s3cret|pr0m-token/);
    const stored = await app.useCases.getCluster('eu');
    expect(stored).toMatchObject({
      value: {
        record: {
          connection: { kubeconfig: 'apiVersion: v1 # s3cret', context: 'admin' },
          metrics: { url: 'http://prometheus:9090', auth: { kind: 'bearer', token: 'pr0m-token' } },
        },
      },
    });
  });

  it('reads a kubeconfig from standard input', async () => {
    const { code } = await spillway('cluster add eu --kubeconfig - --no-metrics', {
      stdin: 'apiVersion: v1',
    });
    expect(code).toBe(0);
  });

  it.each([
    ['cluster add eu', 'How the cluster is reached is not said.'],
    ['cluster add eu --in-cluster', 'Where the cluster’s metrics come from is not said.'],
    [`${add} --in-cluster`, "'--in-cluster' cannot be used with option '--simulated'"],
    [
      'cluster add eu --in-cluster --no-metrics --seed 3',
      '--seed means nothing without --simulated.',
    ],
    [`${add} --prometheus-user ada`, '--prometheus-user means nothing without --prometheus.'],
    [`${add} --seed many`, 'Write a whole number from 0.'],
    [`${add} --label region`, 'Write it as key=value.'],
    [
      'cluster add eu --kubeconfig none.yaml --no-metrics',
      `"none.yaml" cannot be read: ENOENT: no such file or directory, open 'none.yaml'.`,
    ],
  ])('refuses "%s" before anything is sent', async (line, message) => {
    const { code, stdout, stderr } = await spillway(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(app.useCases.commands).toEqual([]);
  });
});

describe('clusters', () => {
  beforeEach(() => spillway(`${add} --label region=eu`));

  it('are listed as an aligned table', async () => {
    await spillway('cluster add a-longer-name --in-cluster --no-metrics');
    const { stdout } = await spillway('cluster list');
    expect(stdout).toBe(
      [
        'NAME           STATE         CONNECTION  METRICS    LABELS     AGE',
        'eu-west        notConnected  simulated   simulated  region=eu  1m',
        'a-longer-name  notConnected  inCluster   none       -          1m',
        '',
      ].join('\n'),
    );
  });

  it('are given to programs as they are', async () => {
    const json = await spillway('cluster list -o json');
    expect(JSON.parse(json.stdout)).toMatchObject([{ name: 'eu-west', labels: { region: 'eu' } }]);
    const yaml = await spillway('-o yaml cluster get eu-west');
    expect(yaml.stdout).toMatch(/^name: eu-west\nlabels:\n {2}region: eu\n/);
  });

  it('are coloured on a terminal only, and not with NO_COLOR', async () => {
    const colour = '\u001b[2mnotConnected\u001b[0m';
    expect((await spillway('cluster list', { isTTY: true })).stdout).toContain(colour);
    const env = { NO_COLOR: '1' };
    expect((await spillway('cluster list', { isTTY: true, env })).stdout).not.toContain('\u001b');
  });

  it('are probed, and what stands in the way is a failure', async () => {
    const { code, stdout } = await spillway('cluster probe eu-west');
    expect(code).toBe(1);
    expect(stdout).toBe('✘ Spillway may not patch virtualservices; grant it with RBAC.\n');
  });

  it('are removed', async () => {
    const removed = await spillway('cluster remove eu-west');
    expect(removed).toEqual({ code: 0, stdout: 'cluster eu-west removed\n', stderr: '' });
    const again = await spillway('cluster remove eu-west');
    expect(again).toEqual({
      code: 1,
      stdout: '',
      stderr: 'spillway: There is no "eu-west".\n  next:    Add it first.\n',
    });
  });
});
