import type { MeshObject } from '@spillway/domain-istio';
import type { Finding } from './finding.js';
import type { Meaning } from './object/rule.js';

/** What is particular to one finding; `consequence` and `next` where the code's are too general. */
export interface Particulars {
  readonly object: MeshObject;
  readonly path: string;
  readonly message: string;
  readonly consequence?: string;
  readonly next?: string;
}

/** Makes findings whose severity and general sentences come from a catalogue. */
export const finder =
  <Code extends string>(catalogue: Readonly<Record<Code, Meaning>>) =>
  (code: Code, { object, ...particulars }: Particulars): Finding => {
    const { severity, istio, consequence, next } = catalogue[code];
    const { name, namespace } = object.metadata;
    return {
      code,
      ...(istio === undefined ? {} : { istio }),
      severity,
      object: { kind: object.kind, namespace, name },
      consequence,
      next,
      ...particulars,
    };
  };
