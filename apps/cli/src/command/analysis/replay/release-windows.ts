import type { Look, SpillwayClient } from '@spillway/sdk';
import { every } from '../../../every.js';
import { UsageError } from '../../../usage-error.js';
import { present, type ArmWindow, type PastWindow } from './window.js';

export interface AskedWindows {
  readonly release: string;
  readonly metric: string;
  readonly cluster?: string;
  readonly step?: number;
}

/** What a release measured, oldest first. Each step is a segment: its weight is its own. */
export async function releaseWindows(
  client: SpillwayClient,
  { release, metric, cluster, step }: AskedWindows,
): Promise<readonly PastWindow[]> {
  const looks = await every(
    client.releases.allLooks(release, { metric, ...present({ cluster, step }) }),
  );
  if (looks.length === 0) {
    throw new UsageError(
      `The release has no looks of metric "${metric}"${cluster === undefined ? '' : ` in ${cluster}`}.`,
      '"spillway release get" shows its metrics and clusters.',
    );
  }
  const clusters = [...new Set(looks.map((look) => look.cluster))].toSorted();
  if (clusters.length > 1) {
    throw new UsageError(
      `Metric "${metric}" was measured in ${clusters.join(', ')}.`,
      'Name one with --cluster: they are judged one by one.',
    );
  }
  return looks.toReversed().map(windowOf);
}

function windowOf(look: Look): PastWindow {
  const { to, step, ordinal, reading } = look;
  const { kind, candidate, stable, message = 'the query went wrong' } = reading;
  const seen = {
    at: to,
    place: `step ${step}, measurement ${ordinal}`,
    segment: step,
    stable: armOf(stable),
  };
  if (kind === 'error') return { ...seen, candidate: {}, error: message };
  if (kind === 'notANumber') return { ...seen, candidate: { value: null } };
  return { ...seen, candidate: armOf(candidate) };
}

type Sample = NonNullable<Look['reading']['candidate']>;

const armOf = (sample: Sample | undefined): ArmWindow =>
  sample === undefined ? {} : present(sample);
