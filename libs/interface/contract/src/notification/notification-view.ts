import type { NotificationEndpoint } from '@spillway/application';
import { severities } from '@spillway/domain-notification';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { channelDocument, type ParsedChannel } from './channel-document.js';
import { noticeFilterDocument, notificationDocument } from './notification-document.js';

/** The document with its defaults filled in; without the moments it can be put again. */
export const notificationView = z
  .object({
    name: notificationDocument.shape.name,
    channel: channelDocument.describe('Where notices go, and in whose form.'),
    filter: z
      .object({
        ...noticeFilterDocument.shape,
        severity: z.enum(severities).describe('The least that is told.'),
      })
      .describe('What it is told of: what fits every field.'),
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last replaced.'),
    since: moment.describe('It is told of what happened from then on.'),
  })
  .describe('Who is told what happens to releases. It names secrets and holds none.');

export type NotificationView = z.output<typeof notificationView>;

export function toNotificationView(record: NotificationEndpoint): NotificationView {
  const { kind, ...fields } = record.channel;
  const { namespaces, services, types, severity } = record.filter;
  return {
    name: record.name,
    channel: { [kind]: fields } as unknown as ParsedChannel,
    filter: {
      ...(namespaces === undefined ? {} : { namespaces: [...namespaces] }),
      ...(services === undefined ? {} : { services: [...services] }),
      ...(types === undefined ? {} : { types: [...types] }),
      severity,
    },
    createdAt: toMoment(record.createdAt),
    updatedAt: toMoment(record.updatedAt),
    since: toMoment(record.since),
  };
}
