import type { EgressPolicy } from '@spillway/sdk';
import { age } from './moment.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';
import { facts, table, type Cell } from './table.js';

type Rollout = EgressPolicy['rollouts'][number];

export const egressTable = (policies: readonly EgressPolicy[], now: number): string =>
  table(
    ['NAMESPACE', 'MODE', 'CLUSTERS', 'ALLOWED', 'GENERATION', 'APPLIED', 'AGE'],
    policies.map(({ name, mode, clusters, allow, generation, rollouts, createdAt }) => [
      name,
      mode,
      clusters.join(','),
      String(allow.length),
      String(generation),
      `${rollouts.filter(({ applied }) => applied).length}/${rollouts.length}`,
      age(createdAt, now),
    ]),
  );

/** The policy, its clusters, what may be reached, and what a person should know. */
export const egressFacts = (policy: EgressPolicy, now: number, paint: Paint): string =>
  [
    facts([
      ['Namespace', policy.name],
      ['Mode', policy.mode],
      ['Because', policy.because],
      ['Accepted', policy.acceptedBlocked],
      ['Age', age(policy.createdAt, now)],
    ]),
    table(
      ['CLUSTER', 'MODE', 'DESIRED', 'APPLIED', 'REASON'],
      policy.rollouts.map((rollout) => [
        rollout.cluster,
        rollout.mode,
        String(rollout.generation),
        appliedOf(rollout),
        rollout.unreachable ?? rollout.because ?? '',
      ]),
      paint,
    ),
    table(
      ['ALLOWED', 'PORTS', 'OWNER', 'REASON'],
      policy.allow.map(({ hosts, ports, owner, reason }) => [
        hosts.join(','),
        ports.map(({ number, protocol }) => `${number}/${protocol}`).join(','),
        owner,
        reason,
      ]),
    ),
    notes(policy, paint),
  ]
    .filter((part) => part !== '')
    .join('\n');

const appliedOf = ({ applied, appliedGeneration }: Rollout): Cell => ({
  text: String(appliedGeneration ?? '-'),
  tone: applied ? 'good' : 'waiting',
});

const notes = ({ rollouts }: EgressPolicy, paint: Paint): string =>
  rollouts
    .flatMap(({ cluster, drift = [], remarks = [] }) => [
      ...drift.map((line) => `${paint('bad', 'drift')} ${printable(`${cluster}: ${line}`)}\n`),
      ...remarks.map((line) => `${paint('quiet', 'note')}  ${printable(`${cluster}: ${line}`)}\n`),
    ])
    .join('');
