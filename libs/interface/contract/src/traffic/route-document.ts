import type { MatchRoute, RequestMatch } from '@spillway/domain-traffic';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { labelKeyText, labelValueText, nameText } from '../schema/scalars.js';
import { faultsOf, type MatchFault } from './match-rules.js';
import { textMatchDocument } from './text-match-document.js';

type Context = z.core.$RefinementCtx;

const addTo = (context: Context, faults: readonly MatchFault[]): void => {
  for (const { path, message } of faults) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
};

const isNotEmpty = (record: object): boolean => Object.keys(record).length > 0;
const none = { error: 'must name at least one' };

const textMatches = z
  .record(z.string().min(1).max(256), textMatchDocument)
  .refine(isNotEmpty, none);
const sourceLabels = z.record(labelKeyText, labelValueText).refine(isNotEmpty, none);

export const requestMatchDocument = document({
  uri: textMatchDocument.exactOptional().describe('The path, without its query.'),
  ignoreUriCase: z.boolean().exactOptional().describe('Compare the path without regard to case.'),
  method: textMatchDocument.exactOptional().describe('The method, in upper case.'),
  authority: textMatchDocument.exactOptional().describe('The host that the client asked for.'),
  scheme: textMatchDocument.exactOptional().describe('http or https.'),
  headers: textMatches.exactOptional().describe('By header name, in lower case. All must hold.'),
  withoutHeaders: textMatches
    .exactOptional()
    .describe('By header name, in lower case. None may hold; one that is absent does not.'),
  queryParams: textMatches.exactOptional().describe('By parameter. All must hold.'),
  cookies: textMatches.exactOptional().describe('By cookie name; one cookie.'),
  port: z.int().min(1).max(65_535).exactOptional().describe('The service port that was called.'),
  sourceLabels: sourceLabels
    .exactOptional()
    .describe('Labels that the calling pod has. In the mesh only.'),
  sourceNamespace: nameText
    .exactOptional()
    .describe('Namespace of the calling pod. In the mesh only.'),
})
  .superRefine((match, context) => addTo(context, faultsOf(match)))
  .meta({
    description: 'Which requests are meant. Everything that is given must hold.',
    examples: [{ headers: { 'x-tester': { exact: 'yes' } } }],
  }) satisfies z.ZodType<RequestMatch>;

export const routeDocument = document({
  name: nameText
    .refine((name) => !reserved.includes(name), {
      error: (issue) =>
        `"${String(issue.input)}" is the name of a route that Spillway makes itself`,
    })
    .describe('Unique in the strategy; part of the route’s name in access logs.'),
  match: z
    .array(requestMatchDocument)
    .min(1, { error: 'must say which requests are meant' })
    .max(50)
    .describe('Any of these is enough.'),
  where: z
    .enum(['mesh', 'edge'])
    .exactOptional()
    .describe('Only for callers in the mesh, or only at the service’s gateways. Default: both.'),
}).superRefine((route, context) => addTo(context, callersAtTheEdge(route)));

/** Routes that are rendered beside people's. */
const reserved: readonly string[] = ['stay-candidate', 'stay-stable', 'mirrored'];

/** A gateway is its own caller: whoever stands behind it is not known. */
const callersAtTheEdge = ({ match, where }: MatchRoute): readonly MatchFault[] =>
  match.flatMap((one, index) =>
    (['sourceLabels', 'sourceNamespace'] as const)
      .filter((field) => where === 'edge' && field in one)
      .map((field) => ({
        path: ['match', index, field],
        message: 'is not known at a gateway, which is the caller itself; write where: mesh',
      })),
  );
