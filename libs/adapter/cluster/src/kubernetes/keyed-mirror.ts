import type { ApiObject } from './api-object.js';
import type { Mirror } from './reflector.js';

/** What is kept of each object, by its name. `undefined` until a list is complete, at first and after each failure. */
export class KeyedMirror<T> implements Mirror {
  private kept: Map<string, T> | undefined;

  constructor(
    private readonly keep: (item: ApiObject) => T,
    private readonly changed: () => void,
  ) {}

  get byName(): ReadonlyMap<string, T> | undefined {
    return this.kept;
  }

  replace(items: readonly ApiObject[]): void {
    this.kept = new Map(items.map((item) => [item.metadata.name, this.keep(item)]));
    this.changed();
  }

  put(item: ApiObject): void {
    this.kept?.set(item.metadata.name, this.keep(item));
    this.changed();
  }

  remove(item: ApiObject): void {
    this.kept?.delete(item.metadata.name);
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
