import type { ObjectPlace } from '@spillway/domain-istio';
import type { ApiObject } from './api-object.js';

/** What a write needs to know of an object that is held. */
export interface Kept {
  /** Tells an object from a later one of the same name. */
  readonly uid: string;
  readonly resourceVersion: string;
}

/** The objects of one kind as a watch has told them, for whoever writes one of them. */
export interface Shelf {
  /** e.g. `virtualservices` */
  readonly plural: string;
  find(place: ObjectPlace): Kept | undefined;
  /**
   * Takes the answer of a write. One that the watch has already passed is old
   * news: the object may have been changed, or deleted, since.
   */
  putAnswer(item: ApiObject): void;
  /** Of an object that a call did not find, though no watch has told that it went. */
  forgetGone(place: ObjectPlace): void;
  /** How far the watch has seen; the same again: it has said nothing since. */
  seen(): string | undefined;
}

/** Of objects that nobody watches. */
export const emptyShelf: Shelf = {
  plural: 'objects',
  find: () => undefined,
  putAnswer: () => undefined,
  forgetGone: () => undefined,
  seen: () => undefined,
};
