import { parse } from 'yaml';
import { pages, type Page } from './pages.js';

/** One document of a YAML block: a Spillway document, or an object of Istio or Kubernetes. */
export interface ShownDocument {
  readonly place: string;
  readonly kind: string;
  /** Absent in Spillway's own. */
  readonly apiVersion?: string;
  /** Everything that is written, `kind` included. */
  readonly fields: object;
  /** The code that it is shown for: `# wrong: CODE` stands in front of it. */
  readonly wrong?: string;
}

/** What stands under one `##` heading. */
export interface Section {
  readonly page: string;
  readonly heading: string;
  readonly text: string;
  readonly documents: readonly ShownDocument[];
}

const block = /(<!-- written: [^\n]* -->\n\n)?^```yaml\n([\s\S]*?)^```$/gm;

/** Documents of a text, those that are generated left out: they say what is written, not what to write. */
export function documentsOf(text: string, place: string): readonly ShownDocument[] {
  return [...text.matchAll(block)]
    .filter(([, generated]) => generated === undefined)
    .flatMap(([, , yaml = '']) => parsed(yaml, place));
}

export const parsed = (yaml: string, place: string): readonly ShownDocument[] =>
  yaml.split(/^---$/m).map((text) => {
    const fields = parse(text) as { readonly kind?: string; readonly apiVersion?: string };
    const wrong = /^# wrong: ([A-Z_]+)/m.exec(text)?.[1];
    const { kind = '', apiVersion } = fields;
    return {
      place,
      kind,
      fields,
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(wrong === undefined ? {} : { wrong }),
    };
  });

const sectionsOf = ({ path, text }: Page): readonly Section[] =>
  text.split(/^## /m).map((part, i) => {
    const heading = i === 0 ? '' : (part.split('\n')[0] ?? '');
    const place = heading === '' ? path : `${path}, ${heading}`;
    return { page: path, heading, text: part, documents: documentsOf(part, place) };
  });

export const sections: readonly Section[] = pages.flatMap(sectionsOf);
