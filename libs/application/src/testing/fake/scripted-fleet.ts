import type { ProxyAnswer, ProxyFleet, ProxyQuestion } from '../../port/proxy-fleet.js';

interface ScriptedProxy {
  hosts: readonly string[];
  /** Names of its routes. */
  routes: readonly string[];
}

/** Proxies that have what a test dictates; without any said to lag they have what is asked for. */
export class ScriptedFleet implements ProxyFleet {
  readonly asked: ProxyQuestion[] = [];
  private readonly proxies = new Map<string, ScriptedProxy>();
  private reason: string | undefined;
  private lag: readonly string[] = [];
  private readonly size: number;

  constructor({ size = 2 }: { readonly size?: number } = {}) {
    this.size = size;
  }

  /** From now on each knows only of the proxies that were put. */
  put(name: string, proxy: ScriptedProxy): void {
    this.proxies.set(name, proxy);
  }

  /** These do not get anything new. */
  behind(...names: readonly string[]): void {
    this.lag = names;
  }

  /** Nobody answers, until it is called without a reason. */
  silent(reason?: string): void {
    this.reason = reason;
  }

  look(question: ProxyQuestion): Promise<ProxyAnswer> {
    this.asked.push(question);
    return Promise.resolve(this.answer(question));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private answer(question: ProxyQuestion): ProxyAnswer {
    if (this.reason !== undefined) return { kind: 'unknown', reason: this.reason };
    if (this.proxies.size > 0) return this.answerOfPut(question);
    return this.lag.length > 0
      ? { kind: 'behind', proxies: this.size, behind: this.lag }
      : { kind: 'everywhere', proxies: this.size };
  }

  private answerOfPut({ hosts, routeName }: ProxyQuestion): ProxyAnswer {
    const release = routeName.slice(0, routeName.lastIndexOf('g') + 1);
    const isOurs = (route: string) => route.includes(release);
    const has = (route: string) =>
      new RegExp(`${routeName.replaceAll('.', '\\.')}(?!\\d)`).test(route);
    const concerned = [...this.proxies].filter(
      ([, one]) => one.hosts.some((host) => hosts.includes(host)) || one.routes.some(isOurs),
    );
    if (concerned.length === 0) return { kind: 'unknown', reason: 'no proxy routes it' };
    const behind = concerned.flatMap(([name, { routes }]) => {
      const ours = routes.filter(isOurs);
      return ours.length > 0 && ours.every(has) ? [] : [name];
    });
    const proxies = concerned.length;
    return behind.length > 0
      ? { kind: 'behind', proxies, behind }
      : { kind: 'everywhere', proxies };
  }
}
