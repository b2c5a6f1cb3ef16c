import { describe, expect, it } from '@jest/globals';
import { refuseWindow } from '@spillway/domain-freeze';
import {
  toFreezeWindow,
  toNewCluster,
  toNewMember,
  toNewNotification,
  toNewService,
  toNewSource,
  toNewWebhook,
  toRule,
  toStrategy,
} from '@spillway/interface-contract';
import { refuseRule } from '@spillway/domain-rule';
import { expandPlan } from '@spillway/domain-release';
import { clusterName } from '@spillway/kernel';
import { manifests } from './manifests.js';

/** Where the strategies of the pages go: each of their waves finds a cluster here. */
const clusters = [
  { name: clusterName('eu-west'), labels: { region: 'eu' } },
  { name: clusterName('eu-north'), labels: { region: 'eu' } },
  { name: clusterName('us-east'), labels: { region: 'us' } },
];

const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

describe('YAML in the pages and in docs/examples', () => {
  it('is of a kind that can be applied', () => {
    const kinds = new Set(manifests.map(({ kind }) => kind));
    expect(kinds).toEqual(
      new Set([
        'Cluster',
        'Source',
        'Service',
        'Strategy',
        'EgressPolicy',
        'FreezeWindow',
        'Webhook',
        'Rule',
        'Notification',
        'Member',
      ]),
    );
  });

  it.each(of('Strategy'))('strategy of $place makes a plan', ({ body }) => {
    const strategy = toStrategy(body);
    expect(strategy).toMatchObject({ ok: true });
    if (!strategy.ok) return;
    expect(expandPlan(strategy.value, clusters)).toMatchObject({ ok: true });
  });

  it.each(of('Service'))('service of $place is understood', ({ body }) => {
    expect(toNewService(body)).toMatchObject({ ok: true });
  });

  it.each(of('Source'))('source of $place is understood', ({ body }) => {
    expect(toNewSource(body)).toMatchObject({ ok: true });
  });

  it.each(of('Notification'))('notification endpoint of $place is understood', ({ body }) => {
    expect(toNewNotification(body)).toMatchObject({ ok: true });
  });

  it.each(of('FreezeWindow'))('freeze window of $place makes sense', ({ body }) => {
    const window = toFreezeWindow(body);
    expect(window).toMatchObject({ ok: true });
    if (window.ok) expect(refuseWindow(window.value)).toBeUndefined();
  });

  it.each(of('Webhook'))('webhook of $place is understood', ({ body }) => {
    expect(toNewWebhook(body)).toMatchObject({ ok: true });
  });

  it.each(of('Rule'))('rule of $place could start a release', ({ body }) => {
    const rule = toRule(body);
    expect(rule).toMatchObject({ ok: true });
    if (rule.ok) expect(refuseRule(rule.value)).toBeUndefined();
  });

  it.each(of('Member'))('member of $place is understood', ({ body }) => {
    expect(toNewMember(body)).toMatchObject({ ok: true });
  });

  it.each(of('Cluster'))('cluster of $place is understood', ({ body }) => {
    expect(toNewCluster(body)).toMatchObject({ ok: true });
  });
});
