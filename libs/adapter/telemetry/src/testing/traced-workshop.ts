import {
  Connections,
  handleJob,
  type ClusterLink,
  type MetricsSource,
  type UseCases,
} from '@spillway/application';
import { aWorkshop, type Workshop } from '@spillway/application/testing';
import { ReleaseTracing } from '../trace/release-tracing.js';
import type { Span } from '../trace/span.js';

/** A workshop whose work is traced into a list. */
export interface TracedWorkshop {
  readonly workshop: Workshop;
  readonly tracing: ReleaseTracing;
  readonly spans: Span[];
  readonly useCases: UseCases;
}

export async function aTracedWorkshop(
  strategy: Parameters<typeof aWorkshop>[0] = {},
  share = 1,
): Promise<TracedWorkshop> {
  const workshop = await aWorkshop(strategy);
  const spans: Span[] = [];
  const sink = { write: (span: Span) => void spans.push(span), close: () => Promise.resolve() };
  const tracing = new ReleaseTracing({ sink, clock: workshop.clock, share });
  const { links, metrics, outgoing } = workshop;
  const handle = tracing.handle(
    handleJob({
      ...workshop.deps,
      unitOfWork: tracing.unitOfWork(workshop.uow),
      links: new Connections<ClusterLink>((record) => tracing.link(links.to(record))),
      metrics: new Connections<MetricsSource>((record) => tracing.metrics(metrics.to(record))),
      outgoing: tracing.hooks(outgoing),
      logger: tracing.logger(workshop.deps.logger),
    }),
  );
  workshop.work = async () => void (await workshop.uow.jobs.run(handle));
  return { workshop, tracing, spans, useCases: tracing.useCases(workshop.useCases) };
}
