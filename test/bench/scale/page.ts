import type { Figure } from './figure.js';

export interface Measured {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
}

export interface Run {
  /** Of all rows, in their order: of those that ran, and of those that the page has from before. */
  readonly sections: readonly string[];
  readonly machine: string;
}

export const missed = (rows: readonly Measured[]): readonly Figure[] =>
  rows.flatMap(({ figures }) => figures).filter(({ isMet }) => isMet === false);

const verdict = { true: 'kept', false: '**missed**', undefined: '' } as const;

const line = ({ measure, value, goal, isMet, note = '' }: Figure): string =>
  `| ${measure} | ${value} | ${goal} | ${verdict[`${isMet}`]} | ${note} |`;

export const sectionOf = (
  { name, title, seconds, figures }: Measured,
  at: Date,
): string => `## ${title}

\`npm run bench -- --only ${name}\` on ${at.toISOString().slice(0, 10)}, ${Math.round(seconds)} s.

| measure | value | goal | | |
| --- | ---: | ---: | --- | --- |
${figures.map(line).join('\n')}`;

/** The sections of a page, by their titles; none of a page that is of another machine. */
export function sectionsOf(page: string, machine: string): ReadonlyMap<string, string> {
  if (!page.includes(` ${machine}. `)) return new Map();
  const [, ...parts] = page.replace(lastLines, '').split(/^(?=## )/m);
  return new Map(parts.map((part) => [/^## (.*)$/m.exec(part)?.[1] ?? '', part.trimEnd()]));
}

/** What stands after the last section. */
const lastLines = /^(?:Every goal was kept|Missed: ).*/ms;

const missedIn = (section: string): readonly string[] =>
  section.split('\n').flatMap((row) => /^\| (.*?) +\|.*\*\*missed\*\*/.exec(row)?.[1] ?? []);

export const pageOf = ({ sections, machine }: Run): string => `# Performance

Written by \`npm run bench\`, which measures all of it, or one part anew. ${machine}. Everything ran on that machine at the same
time: Postgres (writing to disk), the control plane as it is shipped (an API process, a worker, and
where there are several clusters a writer, with the real queue and the real Kubernetes adapter), and one more process that stands in, over HTTP, for the API servers of
all clusters and for Prometheus. What that process costs is not Spillway’s; it is given beside it where it matters.

- A _look_ is what an active release does every ten seconds in a cluster: two metrics are asked for (success rate, and
  99 % latency out of Istio’s histogram), stored with their verdicts, and the release is decided on.
- _Late_ is a step from the moment at which its job was due until the job was done, by the database’s clock, logged by a
  trigger in the database.
- _Statements_ are counted by \`pg_stat_statements\`, _calls_ at the stand-in for the API server.

${sections.join('\n\n')}

${summaryOf(sections.flatMap(missedIn))}

What limits these figures, and what was done about it, is in ADR [33](adr/0033-quiet-looks-share.md),
[34](adr/0034-clusters-share-a-look.md) and [35](adr/0035-a-worker-holds-little.md); how long history is kept, in
[Retention](guides/retention.md).
`;

const summaryOf = (measures: readonly string[]): string =>
  measures.length === 0 ? 'Every goal was kept.' : `Missed: ${measures.join('; ')}.`;
