import type { Figure } from './figure.js';

export interface Measured {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
}

export interface Run {
  readonly rows: readonly Measured[];
  readonly machine: string;
  readonly workers: number;
  readonly at: Date;
}

export const missed = (rows: readonly Measured[]): readonly Figure[] =>
  rows.flatMap(({ figures }) => figures).filter(({ isMet }) => isMet === false);

const verdict = { true: 'kept', false: '**missed**', undefined: '' } as const;

const line = ({ measure, value, goal, isMet, note = '' }: Figure): string =>
  `| ${measure} | ${value} | ${goal} | ${verdict[`${isMet}`]} | ${note} |`;

const section = ({ name, title, seconds, figures }: Measured): string => `## ${title}

\`npm run bench -- --only ${name}\`, ${Math.round(seconds)} s.

| measure | value | goal | | |
| --- | ---: | ---: | --- | --- |
${figures.map(line).join('\n')}
`;

export const pageOf = ({ rows, machine, workers, at }: Run): string => `# Performance

Written by \`npm run bench\` on ${at.toISOString().slice(0, 10)}. ${machine}. Everything ran on that machine at the same
time: Postgres (writing to disk), the control plane as it is shipped (an API process and ${workers === 1 ? 'a worker' : `${workers} workers`}, with
the real queue and the real Kubernetes adapter), and one more process that stands in, over HTTP, for the API servers of
all clusters and for Prometheus. What that process costs is not Spillway’s; it is given beside it where it matters.

- A _look_ is what an active release does every ten seconds in a cluster: two metrics are asked for (success rate, and
  99 % latency out of Istio’s histogram), stored with their verdicts, and the release is decided on.
- _Late_ is a step from the moment at which its job was due until the job was done, by the database’s clock, logged by a
  trigger in the database.
- _Statements_ are counted by \`pg_stat_statements\`, _calls_ at the stand-in for the API server.

${rows.map(section).join('\n')}
${
  missed(rows).length === 0
    ? 'Every goal was kept.'
    : `Missed: ${missed(rows)
        .map(({ measure }) => measure)
        .join('; ')}.`
}

What limits these figures, and what was done about it, is in ADR [33](adr/0033-quiet-looks-share.md),
[34](adr/0034-clusters-share-a-look.md) and [35](adr/0035-a-worker-holds-little.md); how long history is kept, in
[Retention](guides/retention.md).
`;
