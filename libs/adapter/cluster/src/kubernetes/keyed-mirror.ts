import type { ApiObject } from './api-object.js';
import type { Mirror } from './reflector.js';

/** What is kept of each object, by its name unless told otherwise. `undefined` until a list is complete, at first and after each failure. */
export class KeyedMirror<T> implements Mirror {
  private kept: Map<string, T> | undefined;

  constructor(
    private readonly keep: (item: ApiObject) => T,
    private readonly changed: () => void,
    private readonly keyOf: (item: ApiObject) => string = ({ metadata }) => metadata.name,
  ) {}

  get byName(): ReadonlyMap<string, T> | undefined {
    return this.kept;
  }

  replace(items: readonly ApiObject[]): void {
    this.kept = new Map(items.map((item) => [this.keyOf(item), this.keep(item)]));
    this.changed();
  }

  put(item: ApiObject): void {
    this.kept?.set(this.keyOf(item), this.keep(item));
    this.changed();
  }

  remove(item: ApiObject): void {
    this.kept?.delete(this.keyOf(item));
    this.changed();
  }

  advance(): void {
    // Only watches write here, in the order of the server.
  }

  failed(): void {
    this.kept = undefined;
    this.changed();
  }
}
