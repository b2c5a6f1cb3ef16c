import { instant, type Duration, type Instant } from '@spillway/kernel';
import { applyPatch } from '../adopt/apply-patch.js';
import type { IstioKind, LiveObject } from '../istio-object.js';
import type { LiveRouting } from '../live-routing.js';
import { removalTime, settlingTime } from '../next-write.js';
import { subsetsOf } from '../parse.js';
import { fieldsOf, listOf, type Fields } from '../spec-fields.js';
import type { Write } from '../write.js';
import { aLiveObject } from './a-live-object.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Server-side apply: maps are merged, lists are replaced. */
function merged(live: unknown, applied: unknown): unknown {
  if (!isObject(live) || !isObject(applied)) return applied;
  const keys = Object.keys(applied).map((key) => [key, merged(live[key], applied[key])]);
  return { ...live, ...Object.fromEntries(keys) };
}

/** The subsets that a VirtualService names, in weights and in copies. */
function namedBy(virtualService: LiveObject | undefined): readonly string[] {
  const text = JSON.stringify(virtualService?.spec ?? {});
  return [...text.matchAll(/"subset":"([^"]+)"/g)].map(([, name]) => name ?? '');
}

/** One API server with the two objects of one service, and what its clients must never see. */
export class OneCluster {
  now: Instant = instant(1_000_000);
  private version = 100;
  private live: LiveRouting;
  /** When a subset came; when a route named it last. */
  private readonly definedSince = new Map<string, Instant>();
  private readonly lastNamed = new Map<string, Instant>();

  constructor(live: LiveRouting) {
    this.live = live;
    for (const name of this.defined()) this.definedSince.set(name, instant(0));
  }

  read(): LiveRouting {
    return this.live;
  }

  /** `false`: the object is not the one that the writer saw. */
  write(write: Write): boolean {
    const kind = write.do === 'write' ? write.object.kind : (write.kind as IstioKind);
    const before = this.find(kind);
    if (before?.metadata.resourceVersion !== write.resourceVersion) return false;
    this.version += 1;
    const resourceVersion = String(this.version);
    if (write.do === 'remove') {
      this.take(kind, undefined);
      return true;
    }
    const after = write.do === 'write' ? applied(write, before) : patched(write, before);
    this.take(kind, { ...after, metadata: { ...after.metadata, resourceVersion } });
    return true;
  }

  /** Somebody edits; Spillway answers for none of it. */
  edit(written: LiveObject): void {
    this.version += 1;
    const resourceVersion = String(this.version);
    const object = { ...written, metadata: { ...written.metadata, resourceVersion } };
    this.take(written.kind, object, false);
  }

  /** Also by people's rules beside ours. */
  private defined(): readonly string[] {
    const beside = this.live.foreign
      .filter(({ kind }) => kind === 'DestinationRule')
      .flatMap(({ spec }) => listOf(fieldsOf(spec)['subsets']))
      .map((subset) => String(fieldsOf(subset)['name']));
    return [...subsetsOf(this.live), ...beside];
  }

  private find(kind: IstioKind): LiveObject | undefined {
    return kind === 'VirtualService' ? this.live.virtualService : this.live.destinationRule;
  }

  private take(kind: IstioKind, written: LiveObject | undefined, isOurs = true): void {
    const had = this.defined();
    for (const name of namedBy(this.live.virtualService)) this.lastNamed.set(name, this.now);
    const { virtualService, destinationRule, ...rest } = this.live;
    const both =
      kind === 'VirtualService'
        ? { virtualService: written, destinationRule, virtualServiceSince: this.now }
        : { virtualService, destinationRule: written, destinationRuleSince: this.now };
    this.live = { ...rest, ...present(both) };
    const has = this.defined();
    for (const name of has) if (!had.includes(name)) this.definedSince.set(name, this.now);
    if (isOurs) this.check(kind, had, has);
  }

  private check(kind: IstioKind, had: readonly string[], has: readonly string[]): void {
    const named = namedBy(this.live.virtualService);
    if (kind === 'VirtualService') {
      mustGiveWeight(this.live.virtualService);
      for (const name of named) {
        must(has.includes(name), `a route names ${name}, which is not defined`);
        const since = this.definedSince.get(name) ?? this.now;
        this.mustHavePassed(settlingTime, since, `${name} came`);
      }
    }
    for (const gone of had.filter((name) => !has.includes(name))) {
      must(!named.includes(gone), `${gone} is gone while a route names it`);
      const since = this.lastNamed.get(gone) ?? instant(0);
      this.mustHavePassed(removalTime, since, `a route named ${gone}`);
    }
  }

  private mustHavePassed(length: Duration, since: Instant, what: string): void {
    must(this.now - since >= length, `${this.now - since} ms after ${what}`);
  }
}

/** `expect` takes most of the time of a run in which it is called for every write. */
export function must(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

const present = (live: { readonly [K in keyof LiveRouting]?: LiveRouting[K] | undefined }) =>
  Object.fromEntries(
    Object.entries(live).filter(([, value]) => value !== undefined),
  ) as Partial<LiveRouting>;

function applied({ object }: Extract<Write, { do: 'write' }>, before?: LiveObject): LiveObject {
  return aLiveObject(object, {
    spec: merged(before?.spec, object.spec),
    labels: { ...before?.metadata.labels, ...object.metadata.labels },
    annotations: { ...before?.metadata.annotations, ...object.metadata.annotations },
  });
}

function patched({ operations }: Extract<Write, { do: 'patch' }>, before?: LiveObject): LiveObject {
  const after = before && applyPatch(before, operations);
  must(after !== undefined, 'a patch of what was looked at fits');
  return after;
}

/** Every route that splits gives weight to something: istiod sends an empty cluster otherwise, and proxies refuse it. */
function mustGiveWeight(virtualService: LiveObject | undefined): void {
  const { http, tls, tcp } = fieldsOf(virtualService?.spec);
  for (const route of [http, tls, tcp].flatMap(listOf).map(fieldsOf)) {
    const entries = listOf(route['route']).map(fieldsOf);
    const total = entries.reduce((sum, { weight }: Fields) => sum + Number(weight ?? 0), 0);
    must(entries.length < 2 || total > 0, 'a route gives weight to nothing');
    for (const { weight } of entries) {
      must(weight === undefined || Number.isInteger(weight), 'weights are whole numbers');
    }
  }
}
