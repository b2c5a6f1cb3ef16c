import type { MeshObject } from '@spillway/domain-istio';
import type { Place, PlaceOf } from './place.js';

/** An object of Kubernetes, and where it was written. */
export interface WrittenObject {
  readonly file: string;
  /** Its place among the documents of the file, from 1. */
  readonly document: number;
  readonly object: MeshObject;
  readonly placeOf: PlaceOf;
}

/** A text that is no YAML. */
export interface SyntaxFault extends Place {
  readonly file: string;
  readonly document: number;
  readonly message: string;
}

/** What files hold that is meant for Kubernetes. */
export interface MeshFiles {
  readonly files: readonly string[];
  readonly objects: readonly WrittenObject[];
  readonly faults: readonly SyntaxFault[];
}
