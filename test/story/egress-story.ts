import { aCaller } from '@spillway/application/testing';
import type { EgressReport, NewEgressPolicy } from '@spillway/application';
import { fieldsOf } from '@spillway/domain-istio';
import type { OutboundCalls } from '@spillway/adapter-cluster';
import {
  after,
  clusterName,
  namespaceName,
  parseDuration,
  type ClusterName,
} from '@spillway/kernel';
import { VirtualEngine, must, startOfStory } from '../virtual/virtual-engine.js';
import { Narrator } from './narrator.js';
import { canary } from './strategies.js';

const shop = namespaceName('shop');
const ana = aCaller('ana');

/** What becomes of a namespace that may reach less and less, told line by line. */
export class EgressStory {
  readonly narrator = new Narrator(startOfStory);
  private readonly engine = new VirtualEngine((job, error) =>
    this.say(`${job.kind} failed: ${String(error)}`),
  );
  private clusters: readonly ClusterName[] = [];

  async given(clusters: readonly string[]): Promise<void> {
    await this.engine.given(clusters, canary());
    this.clusters = clusters.map(clusterName);
  }

  async applies({ allow, mode }: Pick<NewEgressPolicy, 'allow' | 'mode'>): Promise<void> {
    const hosts = allow.flatMap((entry) => entry.hosts).join(', ');
    this.say(`ana applies a policy for shop: ${mode}, ${hosts}`);
    const policy = { namespace: shop, clusters: this.clusters, mode, allow };
    must(await this.engine.useCases.putEgressPolicy(policy, ana));
    await this.pass('5s');
  }

  calls(cluster: string, calls: Omit<OutboundCalls, 'namespace' | 'protocol'>): void {
    const { workload, host = '', port = 0, requests, isBlocked = false } = calls;
    const how = isBlocked ? ', in vain' : '';
    this.say(`${workload} in ${cluster} calls ${host}:${port} ${requests} times${how}`);
    this.engine.mesh(cluster).egress.call({ namespace: 'shop', protocol: 'http', ...calls });
  }

  async asksForReport(): Promise<void> {
    this.say('ana asks what would be blocked');
    const { clusters } = must(await this.engine.useCases.reportEgress(shop, undefined, ana));
    for (const report of clusters) this.say(`  ${report.cluster}: ${textOf(report)}`);
  }

  /** What was answered: that it is done, or the refusal. */
  async enforces(acceptBlocked?: string): Promise<string> {
    this.say(
      `ana enforces it${acceptBlocked === undefined ? '' : `, accepting: ${acceptBlocked}`}`,
    );
    const accepted = acceptBlocked === undefined ? {} : { acceptBlocked };
    const done = await this.engine.useCases.enforceEgress({ namespace: shop, ...accepted }, ana);
    const answer = done.ok ? 'done' : `${done.error.code}: ${done.error.message}`;
    this.say(`  ${answer}`);
    await this.pass('5s');
    return answer;
  }

  async rollsBack(comment: string): Promise<void> {
    this.say(`ana rolls it back: ${comment}`);
    must(await this.engine.useCases.rollbackEgress({ namespace: shop, comment }, ana));
    await this.pass('5s');
  }

  /** What each API server holds. */
  objects(): void {
    for (const cluster of this.clusters) {
      const objects = this.engine.mesh(cluster).egress.objects();
      const texts = objects.map(({ kind, spec }) =>
        kind === 'Sidecar'
          ? `Sidecar ${JSON.stringify(fieldsOf(spec)['outboundTrafficPolicy'])}`
          : `ServiceEntry ${JSON.stringify(fieldsOf(spec)['hosts'])}`,
      );
      this.say(`${cluster} has ${texts.length === 0 ? 'nothing' : texts.join(', ')}`);
    }
  }

  async pass(length: string): Promise<void> {
    const end = after(this.engine.time.now(), parseDuration(length) ?? 0);
    await this.engine.until(end, () => Promise.resolve(false));
  }

  private say(text: string): void {
    this.narrator.say(this.engine.time.now(), text);
  }
}

function textOf(report: EgressReport['clusters'][number]): string {
  if (report.kind !== 'measured') return `${report.kind}, ${report.because}`;
  const found = report.findings.map(
    ({ workload, host, port, requests, wouldBlock }) =>
      `${workload} to ${host}:${port}, ${requests} times${wouldBlock ? ', would be blocked' : ''}`,
  );
  return found.length === 0 ? `nothing, of ${report.requests} requests` : found.join('; ');
}
