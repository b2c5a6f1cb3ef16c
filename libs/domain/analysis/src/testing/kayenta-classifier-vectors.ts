import { readFileSync } from 'node:fs';
import type { KayentaClass, KayentaSettings } from '../kayenta/index.js';

/** A case of Kayenta's ClassifierSuite, with the numbers that a port of its judge gave for it. */
export interface KayentaVector {
  readonly name: string;
  readonly settings: Partial<KayentaSettings>;
  readonly measurements: { readonly candidate: number[]; readonly stable: number[] };
  readonly expected: {
    readonly cls: KayentaClass;
    readonly critical: boolean;
    readonly L?: number;
    readonly U?: number;
    readonly est?: number;
    readonly crit?: number;
    readonly dev?: number;
    readonly eff?: number;
    readonly cles?: number;
  };
}

export const kayentaVectors = JSON.parse(
  readFileSync(new URL('./kayenta-classifier-vectors.json', import.meta.url), 'utf8'),
) as readonly KayentaVector[];

export function kayentaVector(name: string): KayentaVector {
  const found = kayentaVectors.find((vector) => vector.name === name);
  if (found === undefined) throw new Error(`there is no vector named "${name}"`);
  return found;
}
