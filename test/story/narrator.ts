import { parseSplit, routingName, type MeshService } from '@spillway/domain-istio';
import type { ReleaseEvent } from '@spillway/domain-release';
import { clusterName, formatPercent, type Instant } from '@spillway/kernel';
import type { SimulatedWorld } from '@spillway/adapter-cluster';

/** Writes down a story as plain text, one line for each thing that happens. */
export class Narrator {
  private readonly lines: string[] = [];

  constructor(private readonly start: Instant) {}

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** What somebody does, or what happens in the world. */
  say(at: Instant, text: string): void {
    this.lines.push(`${this.clock(at)}  ${text}`);
  }

  event({ type, because, actor, at }: ReleaseEvent): void {
    const by = actor === 'spillway' ? '' : ` (${actor})`;
    this.lines.push(`${this.clock(at)}    ${type.padEnd(19)}${because}${by}`);
  }

  splits(at: Instant, world: SimulatedWorld, service: MeshService): void {
    const { name } = routingName(service);
    for (const cluster of ['eu-west', 'us-east']) {
      const objects = world.find(clusterName(cluster))?.objects() ?? [];
      const live = objects.find((o) => o.kind === 'VirtualService' && o.metadata.name === name);
      const rule = objects.find((o) => o.kind === 'DestinationRule' && o.metadata.name === name);
      const shares = live === undefined ? [] : [...(parseSplit(live)?.shares ?? [])];
      const split = shares.map(([subset, share]) => `${subset} ${formatPercent(share)}`).join(', ');
      const subsets = (rule?.spec as { subsets: { name: string }[] } | undefined)?.subsets ?? [];
      this.say(at, `${cluster} routes ${split}; subsets ${subsets.map((s) => s.name).join(', ')}`);
    }
  }

  /** `+01:05.250` since the story began. */
  private clock(at: Instant): string {
    const ms = at - this.start;
    const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
    return `+${two(ms / 60_000)}:${two((ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
  }
}
