import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { MeshObject } from '@spillway/domain-istio';
import fc from 'fast-check';
import type { HttpRequest } from '../mesh.js';
import { shopScene } from './arbitrary-virtual-service.js';
import type { Scene } from './arbitrary-virtual-service.js';
import { headerNames, headerTexts, methods, pathTexts, queryNames, queryTexts } from './samples.js';
import type { TextSamples } from './samples.js';

/** The parts of a request that matches look at. */
interface Draft {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * A request that is aimed at one match block of the VirtualService: half of them
 * meet all of it, the others break one condition. An earlier rule may still take
 * either, as is the way with rules.
 */
export const arbitraryRequest = (
  virtualService: MeshObject,
  scene: Scene = shopScene,
): fc.Arbitrary<HttpRequest> =>
  fc
    .constantFrom(...blocksOf(virtualService))
    .chain((block) => meeting(block).chain((draft) => fc.oneof(fc.constant(draft), spoiled(draft))))
    .map((draft) => toRequest(draft, scene));

/** A VirtualService together with a request that is aimed at it. */
export const arbitraryPair = (
  virtualServices: fc.Arbitrary<MeshObject>,
  scene: Scene = shopScene,
): fc.Arbitrary<{ readonly virtualService: MeshObject; readonly request: HttpRequest }> =>
  virtualServices.chain((virtualService) =>
    arbitraryRequest(virtualService, scene).map((request) => ({ virtualService, request })),
  );

type Block = ReturnType<typeof fieldsOf>;

function blocksOf({ spec }: MeshObject): readonly Block[] {
  const blocks = listOf(fieldsOf(spec)['http']).flatMap((rule) =>
    listOf(fieldsOf(rule)['match']).map(fieldsOf),
  );
  return [...blocks, {}];
}

const fitting = (match: Block, samples: TextSamples): fc.Arbitrary<string> => {
  const { exact, prefix, regex } = match as Record<string, string | undefined>;
  if (exact !== undefined) return fc.constant(exact);
  if (prefix !== undefined) return fc.constantFrom('', 'x', '/1').map((rest) => prefix + rest);
  if (regex !== undefined) return fc.constantFrom(...(samples.regex[regex]?.fits ?? ['']));
  return fc.constantFrom(...samples.exact);
};

const fittingAll = (
  matches: unknown,
  samples: TextSamples,
): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(fieldsOf(matches)).map(([name, match]) => [
        name,
        fitting(fieldsOf(match), samples),
      ]),
    ),
  );

const meeting = (block: Block): fc.Arbitrary<Draft> =>
  fc.record({
    path: block['uri'] ? fitting(fieldsOf(block['uri']), pathTexts) : anyOf(pathTexts),
    method: fc.constantFrom(...methods).map((method) => {
      const wanted = fieldsOf(block['method'])['exact'];
      return typeof wanted === 'string' ? wanted : method;
    }),
    headers: fittingAll(block['headers'], headerTexts),
    query: fittingAll(block['queryParams'], queryTexts),
  });

/** Any text that some match might be about, so that nothing is missed by being too strange. */
const anyOf = ({ exact, prefix, regex }: TextSamples): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...exact,
    ...prefix,
    ...Object.values(regex).flatMap(({ fits, misses }) => [...fits, ...misses]),
  );

const spoiled = (draft: Draft): fc.Arbitrary<Draft> =>
  fc.oneof(
    anyOf(pathTexts).map((path) => ({ ...draft, path })),
    fc.constant({ ...draft, path: draft.path.toUpperCase() }),
    fc.constantFrom(...methods).map((method) => ({ ...draft, method })),
    fc
      .tuple(fc.constantFrom(...headerNames), anyOf(headerTexts))
      .map(([name, value]) => ({ ...draft, headers: { ...draft.headers, [name]: value } })),
    fc.constant({ ...draft, headers: {} }),
    fc
      .tuple(fc.constantFrom(...queryNames), anyOf(queryTexts))
      .map(([name, value]) => ({ ...draft, query: { ...draft.query, [name]: value } })),
    fc.constant({ ...draft, query: {} }),
  );

function toRequest({ path, method, headers, query }: Draft, scene: Scene): HttpRequest {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return {
    host: scene.calledAs,
    port: scene.calledPort,
    path: parameters.length === 0 ? path : `${path}?${parameters.join('&')}`,
    method,
    headers,
    from: scene.gateway === 'mesh' ? { namespace: scene.namespace } : { gateway: scene.gateway },
  };
}
