import type {
  Caller,
  ClusterRecord,
  ClusterStatus,
  EgressRecord,
  FeedPosition,
  Look,
  NewCluster,
  NewService,
  ProbeFinding,
  ServiceRecord,
  StoredEvent,
  StrategyRecord,
  UseCases,
} from '@spillway/application';
import type { EgressMode } from '@spillway/domain-egress';
import { isFinal, type Release, type Strategy } from '@spillway/domain-release';
import { aMoment, aRelease } from '@spillway/domain-release/testing';
import {
  generation,
  ok,
  refusal,
  refuse,
  releaseId,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { InMemoryEgress } from './in-memory-egress.js';
import { InMemorySources } from './in-memory-sources.js';
import { aReleasePlan } from './a-release-plan.js';
import { manyByOne } from './many-by-one.js';
import { pageOf } from './page-of.js';
import { feedOf, newsOf, Watched } from './watched.js';

const missing = (code: Refusal['code'], name: string) =>
  refuse(refusal(code, `There is no "${name}".`, 'Add it first.'));

const found = <T>(record: T | undefined, code: Refusal['code'], name: string) =>
  record === undefined ? missing(code, name) : ok(record);

/**
 * Enough of Spillway to talk to: it keeps what it is given and decides nothing.
 * Tests move its releases by hand and look at how it was called. What it does not have
 * comes from a workshop: `overWorkshop`.
 */
export class InMemoryUseCases implements Partial<UseCases> {
  readonly commands: Record<string, unknown>[] = [];
  readonly releases = new Watched();
  readonly events: StoredEvent[] = [];
  /** The newest first. */
  readonly looks: Look[] = [];
  readonly sources = new InMemorySources();
  private readonly egress = new InMemoryEgress();
  private readonly clusters = new Map<string, ClusterRecord>();
  private readonly services = new Map<string, ServiceRecord>();
  private readonly strategies = new Map<string, StrategyRecord[]>();
  private trouble: (() => Refusal) | undefined;

  /** From now on every call fails so: by refusing, or by throwing what `trouble` throws. */
  failWith(trouble: (() => Refusal) | undefined): void {
    this.trouble = trouble;
  }

  putCluster = (cluster: NewCluster, caller: Caller): Promise<Result<ClusterRecord, Refusal>> =>
    this.answer(() => {
      this.commands.push({ ...caller, put: cluster.name });
      const record = { ...cluster, createdAt: aMoment, updatedAt: aMoment };
      this.clusters.set(cluster.name, record);
      return ok(record);
    });

  getCluster = (name: string): Promise<Result<ClusterStatus, Refusal>> =>
    this.answer(() => {
      const record = this.clusters.get(name);
      if (record === undefined) return missing('UNKNOWN_CLUSTER', name);
      return ok({ record, state: 'ready', since: aMoment });
    });

  listClusters: UseCases['listClusters'] = (page) =>
    this.answer(() => {
      const all = [...this.clusters.values()];
      const statuses = all.map((record): ClusterStatus => ({ record, state: 'notConnected' }));
      return ok(pageOf(statuses, page));
    });

  removeCluster = (name: string, caller: Caller): Promise<Result<void, Refusal>> =>
    this.answer(() => {
      this.commands.push({ ...caller, removed: name });
      return this.clusters.delete(name) ? ok(undefined) : missing('UNKNOWN_CLUSTER', name);
    });

  probeCluster = (name: string): Promise<Result<readonly ProbeFinding[], Refusal>> =>
    this.answer(() =>
      this.clusters.has(name)
        ? ok([{ kind: 'forbidden', verb: 'patch', resource: 'virtualservices' }])
        : missing('UNKNOWN_CLUSTER', name),
    );

  putService = (service: NewService, caller: Caller): Promise<Result<ServiceRecord, Refusal>> =>
    this.answer(() => {
      this.commands.push({ ...caller, put: service.service });
      const moments = { createdAt: aMoment, updatedAt: aMoment };
      const record = { ...service, generation: generation(0), ...moments };
      this.services.set(service.service, record);
      return ok(record);
    });

  getService = (name: string): Promise<Result<ServiceRecord, Refusal>> =>
    this.answer(() => found(this.services.get(name), 'UNKNOWN_SERVICE', name));

  listServices: UseCases['listServices'] = (page) =>
    this.answer(() => ok(pageOf([...this.services.values()], page)));

  putStrategy = (
    strategy: Omit<Strategy, 'version'>,
    caller: Caller,
  ): Promise<Result<StrategyRecord, Refusal>> =>
    this.answer(() => {
      this.commands.push({ ...caller, put: strategy.name });
      const versions = this.strategies.get(strategy.name) ?? [];
      const record = { ...strategy, version: versions.length + 1, createdAt: aMoment };
      this.strategies.set(strategy.name, [...versions, record]);
      return ok(record);
    });

  getStrategy = (
    name: string,
    version: number | undefined,
  ): Promise<Result<StrategyRecord, Refusal>> =>
    this.answer(() => {
      const versions = this.strategies.get(name) ?? [];
      const record = versions.at(version === undefined ? -1 : version - 1);
      return record === undefined ? missing('UNKNOWN_STRATEGY', name) : ok(record);
    });

  listStrategies: UseCases['listStrategies'] = (page) =>
    this.answer(() => {
      const newest = [...this.strategies.values()].flatMap((all) => all.slice(-1));
      return ok(pageOf(newest, page));
    });

  putEgressPolicy: UseCases['putEgressPolicy'] = (policy, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, put: policy.namespace });
      return ok(this.egress.put(policy, caller));
    });

  enforceEgress: UseCases['enforceEgress'] = (command, caller) =>
    this.commandEgress(command, caller, 'enforce');

  rollbackEgress: UseCases['rollbackEgress'] = (command, caller) =>
    this.commandEgress(command, caller, 'observe');

  getEgressPolicy: UseCases['getEgressPolicy'] = (namespace) =>
    this.answer(() => found(this.egress.status(namespace), 'UNKNOWN_EGRESS_POLICY', namespace));

  listEgressPolicies: UseCases['listEgressPolicies'] = (page) =>
    this.answer(() => ok(this.egress.list(page)));

  reportEgress: UseCases['reportEgress'] = (namespace, window) =>
    this.answer(() => {
      if (this.egress.find(namespace) === undefined) {
        return missing('UNKNOWN_EGRESS_POLICY', namespace);
      }
      const report = this.egress.report(namespace);
      return ok({ ...report, window: window ?? report.window });
    });

  putSecret: UseCases['putSecret'] = (name, text, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, put: name });
      return ok(this.sources.putSecret(name, text));
    });

  listSecrets: UseCases['listSecrets'] = (page) =>
    this.answer(() => ok(this.sources.listSecrets(page)));

  removeSecret: UseCases['removeSecret'] = (name) =>
    this.answer(() =>
      this.sources.removeSecret(name) ? ok(undefined) : missing('UNKNOWN_SECRET', name),
    );

  putSource: UseCases['putSource'] = (source, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, put: source.name });
      return ok(this.sources.put(source));
    });

  getSource: UseCases['getSource'] = (name) =>
    this.answer(() => found(this.sources.find(name), 'UNKNOWN_SOURCE', name));

  listSources: UseCases['listSources'] = (page) => this.answer(() => ok(this.sources.list(page)));

  removeSource: UseCases['removeSource'] = (name) =>
    this.answer(() =>
      this.sources.remove(name) ? ok(undefined) : missing('UNKNOWN_SOURCE', name),
    );

  pushMeasurements: UseCases['pushMeasurements'] = (command, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, ...command });
      return ok(command.measurements.length);
    });

  planRelease: UseCases['planRelease'] = (command, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, ...command, plan: true });
      return ok(aReleasePlan(command));
    });

  startRelease: UseCases['startRelease'] = (command, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, ...command });
      const { service, candidate, description } = command;
      const wanted = { service, candidate, description, requestedBy: caller.actor };
      const release = aRelease({ id: releaseId(crypto.randomUUID()), ...wanted });
      this.releases.put(release);
      return ok(release);
    });

  commandRelease: UseCases['commandRelease'] = (command, caller) =>
    this.answer(() => {
      this.commands.push({ ...caller, ...command });
      const release = this.releases.get(command.release);
      return release === undefined ? missing('UNKNOWN_RELEASE', command.release) : ok(release);
    });

  getRelease = (id: string): Promise<Result<Release, Refusal>> =>
    this.answer(() => found(this.releases.get(id), 'UNKNOWN_RELEASE', id));

  listReleases: UseCases['listReleases'] = ({ service, phase }, page) =>
    this.answer(() => {
      const wanted = this.releases
        .all()
        .filter((release) => service === undefined || release.service === service)
        .filter((release) => phase === undefined || release.phase === phase);
      return ok(pageOf(wanted, page));
    });

  listEvents: UseCases['listEvents'] = (id, { after, limit }) =>
    this.answer(() =>
      this.releases.get(id) === undefined
        ? missing('UNKNOWN_RELEASE', id)
        : ok(this.events.filter(({ sequence }) => sequence > after).slice(0, limit)),
    );

  listLooks: UseCases['listLooks'] = (id, { filter, page }) =>
    this.answer(() => {
      if (this.releases.get(id) === undefined) return missing('UNKNOWN_RELEASE', id);
      const wanted = this.looks
        .filter(({ step }) => (filter.step ?? step) === step)
        .filter(({ metric }) => (filter.metric ?? metric) === metric)
        .filter(({ cluster }) => (filter.cluster ?? cluster) === cluster);
      return ok(pageOf(wanted, page));
    });

  followRelease: UseCases['followRelease'] = ({ release: id, after }, signal) =>
    this.answer(() => {
      if (this.releases.get(id) === undefined) return missing('UNKNOWN_RELEASE', id);
      const states = this.releases.watch(id, signal, ({ phase }) => isFinal(phase));
      return ok(newsOf(states, this.events, after));
    });

  getFeedPosition: UseCases['getFeedPosition'] = () =>
    this.answer(() => ok(String(this.events.length) as FeedPosition));

  followReleases: UseCases['followReleases'] = ({ after }) =>
    this.answer(() => ok(feedOf(this.releases.all(), this.events, after)));

  watchRelease: UseCases['watchRelease'] = (id, signal) =>
    this.answer(() =>
      this.releases.get(id) === undefined
        ? missing('UNKNOWN_RELEASE', id)
        : ok(this.releases.watch(id, signal, ({ phase }) => isFinal(phase))),
    );

  private readonly many = manyByOne(this);
  getClusters = this.many.getClusters;
  getServices = this.many.getServices;
  getStrategyVersions = this.many.getStrategyVersions;
  getReleases = this.many.getReleases;
  getRunningReleases = this.many.getRunningReleases;

  private commandEgress(
    command: { readonly namespace: string },
    caller: Caller,
    mode: EgressMode,
  ): Promise<Result<EgressRecord, Refusal>> {
    return this.answer(() => {
      this.commands.push({ ...caller, ...command });
      const known = this.egress.find(command.namespace);
      if (known === undefined) return missing('UNKNOWN_EGRESS_POLICY', command.namespace);
      return ok(this.egress.put({ ...known, mode }, caller));
    });
  }

  private async answer<T>(work: () => Result<T, Refusal>): Promise<Result<T, Refusal>> {
    return this.trouble === undefined ? work() : refuse(this.trouble());
  }
}
