import type { OpenAPIObject } from '@nestjs/swagger';
import { Refused } from '@spillway/interface-problem';
import type { FastifyRequest } from 'fastify';
import { choiceOf, type Choice } from './fields-of.js';
import { pick, toSelection, type Selection } from './selection.js';

interface Sparse {
  readonly isPage: boolean;
  readonly selection: Selection;
}

/**
 * Leaves out of answers what `fields` does not name. Handlers never see the parameter, and a
 * request without it costs no more than one look at its address.
 */
export class SparseAnswers {
  private readonly choices: ReadonlyMap<string, Choice>;
  private readonly wanted = new WeakMap<FastifyRequest, Sparse>();

  constructor(private readonly document: OpenAPIObject) {
    this.choices = choicesOf(document);
  }

  /** To be called before the handler. Throws what is refused. */
  take(request: FastifyRequest): void {
    if (!request.url.includes('fields=')) return;
    const choice = this.choices.get(request.routeOptions.url ?? '');
    const query = request.query as Record<string, string | string[] | undefined>;
    const { fields } = query;
    if (choice === undefined || fields === undefined) return;
    delete query['fields'];
    const text = Array.isArray(fields) ? fields.join(',') : fields;
    if (text === '*') return;
    const selection = toSelection(text, choice.fields, this.document);
    if (!selection.ok) throw new Refused(selection.error);
    this.wanted.set(request, { isPage: choice.isPage, selection: selection.value });
  }

  /** What is answered with a view. Problems are told whole. */
  of(request: FastifyRequest, status: number, view: unknown): unknown {
    const sparse = this.wanted.get(request);
    if (sparse === undefined || status >= 400) return view;
    const { isPage, selection } = sparse;
    if (!isPage) return pick(view, selection);
    const page = view as { readonly items: readonly unknown[] };
    return { ...page, items: pick(page.items, selection) };
  }
}

/** By the route in Fastify’s words: `/api/v1/releases/:id`. */
const choicesOf = (document: OpenAPIObject): ReadonlyMap<string, Choice> =>
  new Map(
    Object.entries(document.paths).flatMap(([path, { get }]) => {
      const choice = get?.security === undefined ? undefined : choiceOf(document, get);
      return choice === undefined ? [] : [[path.replaceAll(/\{(\w+)\}/g, ':$1'), choice]];
    }),
  );
