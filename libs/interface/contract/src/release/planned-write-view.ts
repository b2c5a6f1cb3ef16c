import type { RehearsedWrite } from '@spillway/application';
import { istioApiVersion } from '@spillway/domain-istio';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';
import { z } from 'zod';

const actions = { write: 'apply', patch: 'patch', remove: 'remove' } as const;

export const plannedWriteView = z
  .object({
    when: z.string().describe('At which point of the release.'),
    action: z
      .enum(['apply', 'patch', 'remove'])
      .describe('Server-side apply of an own object, JSON Patch of somebody’s, or removal.'),
    kind: z.string().describe('Kind of the object.'),
    namespace: z.string().describe('Its namespace.'),
    name: z.string().describe('Its name.'),
    manifest: z
      .string()
      .optional()
      .describe('The object afterwards, as YAML. Absent after a removal.'),
    patch: z.string().optional().describe('Of a patch: its operations as JSON (RFC 6902).'),
    diff: z.string().describe('From the object before to the one afterwards, as a unified diff.'),
  })
  .describe('One write of a release, with its exact effect.');

export type PlannedWriteView = z.output<typeof plannedWriteView>;

type Planned = NonNullable<RehearsedWrite['after']>;

export function toPlannedWriteView({
  write,
  when,
  before,
  after,
}: RehearsedWrite): PlannedWriteView {
  const object = after ?? before;
  const { namespace = '', name = '' } = object?.metadata ?? {};
  return {
    when,
    action: actions[write.do],
    kind: object?.kind ?? '',
    namespace,
    name,
    ...(after === undefined ? {} : { manifest: toYaml(after) }),
    ...(write.do === 'patch' ? { patch: JSON.stringify(write.operations, null, 2) } : {}),
    diff: diffOf(before, after),
  };
}

function diffOf(before: Planned | undefined, after: Planned | undefined): string {
  const text = createTwoFilesPatch(placeOf(before), placeOf(after), textOf(before), textOf(after));
  // The library puts a ruler over every patch, and over the ruler what both sides are called when that is one name.
  return text.replace(/^(?:Index: .*\n)?=+\n/, '');
}

const placeOf = (object: Planned | undefined): string =>
  object === undefined
    ? '(none)'
    : `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;

const textOf = (object: Planned | undefined): string =>
  object === undefined ? '' : toYaml(object);

/** As a person would write it: what is empty is left out, long texts stay on their line. */
function toYaml({ kind, metadata, spec }: Planned): string {
  const { namespace, name, labels, annotations } = metadata;
  const isAny = (map: object) => Object.keys(map).length > 0;
  return stringify(
    {
      apiVersion: kind === 'Deployment' ? 'apps/v1' : istioApiVersion,
      kind,
      metadata: {
        namespace,
        name,
        ...(isAny(labels) && { labels }),
        ...(isAny(annotations) && { annotations }),
      },
      spec,
    },
    { aliasDuplicateObjects: false, lineWidth: 0 },
  );
}
