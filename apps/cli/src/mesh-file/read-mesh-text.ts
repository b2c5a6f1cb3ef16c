import { LineCounter, parseAllDocuments, type Document, type Tags } from 'yaml';
import type { SyntaxFault, WrittenObject } from './mesh-file.js';
import { meshObjects } from './mesh-objects.js';
import { placeAt, placesIn } from './place.js';

export interface ReadOptions {
  /** How the text is called in messages. */
  readonly file: string;
  /** Of objects that name none. */
  readonly namespace: string;
}

export interface ReadText {
  readonly objects: readonly WrittenObject[];
  readonly faults: readonly SyntaxFault[];
}

/**
 * What kubectl makes of a text: YAML 1.1, where `yes` is no text, though dates and
 * times of day are. JSON is YAML too.
 */
export function readMeshText(text: string, { file, namespace }: ReadOptions): ReadText {
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { ...asKubectl, lineCounter: lines })];
  const read = documents.map((document, index) => {
    const source = { file, document: index + 1 };
    const [broken] = document.errors;
    if (broken !== undefined) {
      const message = firstLine(broken.message);
      return { fault: { ...source, ...placeAt(broken.pos[0], lines), message } };
    }
    const placeOf = placesIn(document, lines);
    const value = valueOf(document);
    if (!value.ok) return { fault: { ...source, ...placeOf(''), message: value.message } };
    if (isPlain(value.value)) {
      const message = 'This is a text and no fields; is it a file of another kind?';
      return { fault: { ...source, ...placeOf(''), message } };
    }
    const objects = meshObjects(value.value, namespace).map(({ object, path }) => ({
      ...source,
      object,
      placeOf: (inObject: string) => placeOf(path + inObject),
    }));
    return { objects };
  });
  return {
    objects: read.flatMap(({ objects = [] }) => objects),
    faults: read.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
  };
}

/** Between two separators there may be nothing, and a folder may hold lists of something else. */
const isPlain = (value: unknown): boolean => value !== undefined && typeof value !== 'object';

const asKubectl = {
  version: '1.1',
  logLevel: 'error',
  customTags: (tags: Tags): Tags =>
    tags.filter((tag) => {
      if (typeof tag === 'string') return true;
      return tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME';
    }),
} as const;

type Value =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Aliases are looked up last: one may name nothing, or stand for far too much. */
function valueOf(document: Document): Value {
  try {
    return { ok: true, value: document.toJS() };
  } catch (thrown) {
    return { ok: false, message: firstLine(thrown instanceof Error ? thrown.message : '') };
  }
}

const firstLine = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '').replace(/\.?$/, '.');
