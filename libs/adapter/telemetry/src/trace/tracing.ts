import type {
  ClusterLink,
  Job,
  Logger,
  MetricsSource,
  NumberSource,
  OutgoingCalls,
  UnitOfWork,
  UseCases,
} from '@spillway/application';

/**
 * What has to be wrapped for one trace per release. Nothing that is wrapped knows of it, nothing of
 * it fails or waits for a collector, and where no collector is configured everything stays as it is.
 */
export interface Tracing {
  unitOfWork(plain: UnitOfWork): UnitOfWork;
  handle(plain: (job: Job) => Promise<void>): (job: Job) => Promise<void>;
  link(plain: ClusterLink): ClusterLink;
  metrics(plain: MetricsSource): MetricsSource;
  source(plain: NumberSource, name: string): NumberSource;
  hooks(plain: OutgoingCalls): OutgoingCalls;
  useCases(plain: UseCases): UseCases;
  logger(plain: Logger): Logger;
  /** Handles a request that came with this `traceparent`. `undefined`: nobody needs to tell. */
  readonly request: ((traceparent: string | undefined, work: () => void) => void) | undefined;
  /** Sends what is still here, within about a second. Before the database is closed, which is read for it. */
  close(): Promise<void>;
}

const asItIs = <T>(plain: T): T => plain;

/** Without a collector. */
export const noTracing: Tracing = {
  unitOfWork: asItIs,
  handle: asItIs,
  link: asItIs,
  metrics: asItIs,
  source: asItIs,
  hooks: asItIs,
  useCases: asItIs,
  logger: asItIs,
  request: undefined,
  close: () => Promise.resolve(),
};
