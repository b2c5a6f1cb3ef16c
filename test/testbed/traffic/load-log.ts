import type { FailedRequest, Load, Proxy, RequestOptions } from '../src/data-plane/index.js';
import { say } from '../src/say.js';
import type { StagedService } from './staged-service.js';
import type { TrafficStage } from './traffic-stage.js';

const rps = 200;

interface Stream {
  readonly service: string;
  readonly way: 'sidecar' | 'gateway';
  readonly load: Load;
}

interface Row {
  readonly what: string;
  /** In the order of the streams. */
  readonly counts: readonly { readonly total: number; readonly failed: number }[];
}

export interface LoadTable {
  /** Requests that were lost or answered 500 or more, and where. */
  readonly lost: readonly (FailedRequest & Pick<Stream, 'service' | 'way'>)[];
  /** All that were not answered 200. */
  readonly failed: number;
  /** Requests in the smallest cell. */
  readonly fewest: number;
  readonly markdown: string;
}

/** A steady load on every way to every service, counted by what was done meanwhile. */
export class LoadLog {
  private streams: readonly Stream[] = [];
  private readonly rows: Row[] = [];

  constructor(
    private readonly stage: TrafficStage,
    private readonly services: readonly StagedService[],
  ) {}

  start(): void {
    const open = (
      service: StagedService,
      way: Stream['way'],
      proxy: Proxy,
      to: RequestOptions,
    ) => ({
      service: service.name,
      way,
      load: proxy.requests.load({ rps, ...to }),
    });
    this.streams = this.services.flatMap((service) => [
      open(service, 'sidecar', this.stage.sidecar, service.inMesh),
      open(service, 'gateway', this.stage.plane.gateway, service.atEdge),
    ]);
  }

  /** What is sent from now until it is done counts for this row. */
  async during<T>(what: string, act: () => Promise<T>): Promise<T> {
    const before = this.counts();
    const done = await act();
    const after = this.counts();
    const counts = after.map(({ total, failed }, i) => ({
      total: total - (before[i]?.total ?? 0),
      failed: failed - (before[i]?.failed ?? 0),
    }));
    this.rows.push({ what, counts });
    say(`${what}: ${counts.map(({ total, failed }) => `${failed} of ${total}`).join(', ')} failed`);
    return done;
  }

  async stop(): Promise<LoadTable> {
    await Promise.all(this.streams.map(({ load }) => load.stop()));
    const counts = this.counts();
    this.rows.push({ what: '**all**', counts });
    return {
      failed: counts.reduce((sum, { failed }) => sum + failed, 0),
      lost: this.streams.flatMap(({ service, way, load }) =>
        load.tally.failed.map((one) => ({ ...one, service, way })),
      ),
      fewest: Math.min(...this.rows.flatMap(({ counts }) => counts.map(({ total }) => total))),
      markdown: this.markdown(),
    };
  }

  private counts(): Row['counts'] {
    return this.streams.map(({ load: { tally } }) => ({
      total: tally.total,
      // Also what a proxy answers by itself when it has no route.
      failed: tally.total - tally.status(200),
    }));
  }

  private markdown(): string {
    const titles = this.streams.map(({ service, way }) => `${service}, ${way}`);
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    return [
      line(['failed / requests while', ...titles]),
      line(['---', ...titles.map(() => '--:')]),
      ...this.rows.map(({ what, counts }) =>
        line([what, ...counts.map(({ total, failed }) => `${failed} / ${total}`)]),
      ),
    ].join('\n');
  }
}
