import type { Write } from '@spillway/domain-istio';
import type { Rollout } from '@spillway/domain-release';

/** Of one object, for one generation. A rule is written twice at the most. */
const mostWrites = 3;

/** What one job wrote. The same object for the same generation again and again means that somebody changes it back at once. */
export class Written {
  private readonly times = new Map<string, number>();

  add(rollout: Rollout, write: Write): void {
    const key = nameOf(rollout, write);
    this.times.set(key, (this.times.get(key) ?? 0) + 1);
  }

  isFought(rollout: Rollout, write: Write): boolean {
    return (this.times.get(nameOf(rollout, write)) ?? 0) >= mostWrites;
  }
}

function nameOf({ desired: { generation } }: Rollout, write: Write): string {
  const { kind } = write.do === 'write' ? write.object : write;
  const { namespace, name } = write.do === 'write' ? write.object.metadata : write.place;
  return `${generation} ${kind} ${namespace}/${name}`;
}
