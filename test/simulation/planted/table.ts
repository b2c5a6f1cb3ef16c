import type { Found } from './find.js';

/** The bugs as a table of Markdown, which docs/guides/simulation.md shows. */
export function tableOf(all: readonly Found[]): string {
  const rows = all.map(({ bug, promise = 'not found', nights, events, seconds }) => [
    bug.name,
    bug.says,
    promise,
    String(nights),
    String(events),
    seconds.toFixed(1),
  ]);
  const head = ['bug', 'what goes wrong', 'promise that breaks', 'nights', 'events', 'seconds'];
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
