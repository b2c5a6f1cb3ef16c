import { isMap, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { UsageError } from '../usage-error.js';
import { handling, isKind, kinds, type Body, type Kind } from './kinds.js';
import { linesOf, type Manifest } from './manifest.js';

export interface ReadOptions {
  /** How the text is called in messages. */
  readonly file: string;
  /** Take documents of this kind only; they need not name it. */
  readonly only?: Kind | undefined;
}

/** The documents of a YAML text, all checked for what must be known before any is sent. */
export function readManifests(text: string, { file, only }: ReadOptions): readonly Manifest[] {
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter: lines })];
  const manifests = documents.flatMap((document, index) => {
    const read = new DocumentReader(document, { file, number: index + 1, lines });
    return read.isEmpty ? [] : [read.manifest(only)];
  });
  if (manifests.length > 0) return manifests;
  throw new UsageError(
    `${file} has no document.`,
    `Write "kind: ${only ?? 'Service'}" and its fields into it.`,
  );
}

interface Source {
  readonly file: string;
  readonly number: number;
  readonly lines: LineCounter;
}

class DocumentReader {
  constructor(
    private readonly document: Document.Parsed,
    private readonly source: Source,
  ) {}

  /** Nothing between two `---`, or comments only. */
  get isEmpty(): boolean {
    const { errors, contents } = this.document;
    return errors.length === 0 && contents?.range[0] === contents?.range[1];
  }

  manifest(only: Kind | undefined): Manifest {
    const { document, source } = this;
    const [broken] = document.errors;
    if (broken !== undefined) {
      const [line] = broken.linePos ?? [];
      const message = (broken.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '');
      throw this.wrong(`${message}.`, 'Correct the YAML.', line?.line);
    }
    const { contents } = document;
    if (!isMap(contents))
      throw this.wrong('A document must be a map of fields.', 'Begin with "kind:".');
    const lineOf = linesOf(contents, source.lines);
    const { kind: written = only, ...body } = this.value();
    const kind = this.kind(written, only, lineOf('kind'));
    return { number: source.number, kind, name: this.name(kind, body, lineOf), body, lineOf };
  }

  private value(): Body {
    try {
      return this.document.toJS() as Body;
    } catch (thrown) {
      throw this.wrong(
        thrown instanceof Error ? thrown.message : String(thrown),
        'Correct the YAML.',
      );
    }
  }

  private kind(written: unknown, only: Kind | undefined, line: number): Kind {
    if (isKind(written) && (only === undefined || written === only)) return written;
    if (written === 'Secret') {
      throw this.wrong(
        'A secret has no place in a file of documents.',
        'Put it with "spillway secret put NAME --from-file FILE".',
        line,
      );
    }
    const wanted = only === undefined ? `one of ${kinds.join(', ')}` : `"${only}" for this command`;
    throw this.wrong(
      written === undefined
        ? 'kind is missing.'
        : `kind: ${JSON.stringify(written)} is not known here.`,
      `kind must be ${wanted}.`,
      line,
    );
  }

  private name(kind: Kind, body: Body, lineOf: Manifest['lineOf']): string {
    const { nameField, nameForm, nameHint } = handling[kind];
    const name = body[nameField];
    if (typeof name === 'string' && nameForm.test(name)) return name;
    const what = name === undefined ? 'is missing' : `${JSON.stringify(name)} is not understood`;
    throw this.wrong(`${nameField}: ${what}.`, `Write ${nameHint}.`, lineOf(nameField));
  }

  private wrong(message: string, next: string, line?: number): UsageError {
    const { file, number, lines } = this.source;
    const [start = 0] = this.document.contents?.range ?? [];
    const at = line ?? lines.linePos(start).line;
    return new UsageError(`${file}:${at} (document ${number}): ${message}`, next);
  }
}
