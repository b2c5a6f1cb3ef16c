import type { MeshService } from '@spillway/domain-istio';
import type { ReleaseEvent } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import { answersText, routingText } from './routing-text.js';

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

  /** What each cluster's API server holds. */
  splits(at: Instant, meshes: readonly SimulatedMesh[], service: MeshService): void {
    for (const mesh of meshes) {
      this.say(at, `${mesh.cluster} routes ${routingText(mesh.objects(), service)}`);
    }
  }

  /** What was answered since `from`, and by whom. */
  answers(
    from: Instant,
    at: Instant,
    meshes: readonly SimulatedMesh[],
    service: MeshService,
  ): void {
    for (const mesh of meshes) {
      const count = mesh.requests(service, from, at);
      this.say(at, `${mesh.cluster} answered ${answersText(count)}`);
    }
  }

  /** `+01:05.250` since the story began. */
  private clock(at: Instant): string {
    const ms = at - this.start;
    const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
    return `+${two(ms / 60_000)}:${two((ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, '0')}`;
  }
}
