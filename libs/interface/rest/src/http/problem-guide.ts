import { readFileSync } from 'node:fs';
import { problemKinds } from '@spillway/interface-problem';
import type { FastifyInstance } from 'fastify';

/** The same from `src` and from `dist`. */
const guide = new URL('../../../../../docs/guides/errors.md', import.meta.url);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const inline = (text: string): string =>
  escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');

/** What the guide of errors says under a code; nothing where it was not brought along. */
function sections(): ReadonlyMap<string, string> {
  const parts = readGuide().split(/^### /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [code = '', , , ...paragraphs] = part.split(/^## /m)[0]?.split('\n') ?? [];
      return [code.trim(), paragraphs.join('\n').trim()];
    }),
  );
}

function readGuide(): string {
  try {
    return readFileSync(guide, 'utf8');
  } catch {
    return '';
  }
}

function page(): string {
  const said = sections();
  const kinds = problemKinds().map(({ code, status, title, type }) => {
    const id = type.replace('/problems/', '');
    const text = (said.get(code) ?? '').split(/\n{2,}/).filter((paragraph) => paragraph !== '');
    const paragraphs = text.map((paragraph) => `<p>${inline(paragraph)}</p>`).join('');
    return `<h2 id="${id}">${code}</h2><p>${status}: ${escaped(title)}.</p>${paragraphs}`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Problems</title><h1>Problems</h1>${kinds.join('')}</html>`;
}

let known: string | undefined;

/** What `docs` and `type` of a problem lead to: a page for people, without a token. */
export function serveProblemGuide(server: FastifyInstance): void {
  server.get('/problems', (_, reply) => {
    known ??= page();
    return reply.type('text/html; charset=utf-8').send(known);
  });
  server.get<{ Params: { kind: string } }>('/problems/:kind', ({ params }, reply) =>
    reply.redirect(`/problems#${encodeURIComponent(params.kind)}`, 302),
  );
}
