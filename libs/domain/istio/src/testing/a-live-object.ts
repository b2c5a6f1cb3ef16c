import type { IstioObject, LiveObject } from '../istio-object.js';

interface Circumstances {
  readonly spec?: unknown;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly resourceVersion?: string;
  readonly managers?: LiveObject['metadata']['managers'];
}

/** The object as a cluster gives it back, as if Spillway had written it. */
export const aLiveObject = (
  { kind, metadata, spec }: IstioObject,
  { spec: other, resourceVersion = '1', managers = [], ...rest }: Circumstances = {},
): LiveObject => ({
  kind,
  metadata: { ...metadata, ...rest, resourceVersion, managers },
  spec: other ?? structuredCopy(spec),
});

/** Through JSON, as over the wire. */
const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
