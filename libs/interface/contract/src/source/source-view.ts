import type { SourceRecord } from '@spillway/application';
import { duration, formatDuration } from '@spillway/kernel';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import type { ParsedConnection } from './connection-document.js';
import { sourceDocument } from './source-document.js';

/** The document with its defaults filled in; without the moments it can be put again. */
export const sourceView = z
  .object({
    ...sourceDocument.shape,
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last replaced.'),
  })
  .describe('A metrics backend beside the clusters’ own. It names secrets and holds none.');

export type SourceView = z.output<typeof sourceView>;

export function toSourceView(record: SourceRecord): SourceView {
  const { kind, timeoutMs, ...fields } = record.connection;
  return {
    name: record.name,
    connection: { [kind]: fields } as unknown as ParsedConnection,
    timeout: formatDuration(duration(timeoutMs)),
    createdAt: toMoment(record.createdAt),
    updatedAt: toMoment(record.updatedAt),
  };
}
