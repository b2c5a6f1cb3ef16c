import { eventTypes, severities } from '@spillway/domain-notification';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { nameText, serviceText } from '../schema/scalars.js';
import { channelDocument } from './channel-document.js';

const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(100).exactOptional();

export const noticeFilterDocument = document({
  namespaces: some(nameText).describe('Namespaces of services; all, when it is not said.'),
  services: some(serviceText).describe('Services as namespace/name; all, when it is not said.'),
  types: some(z.enum(eventTypes)).describe('Types of events; all, when it is not said.'),
  severity: z
    .enum(severities)
    .exactOptional()
    .describe('The least that is told; info, or detail where types are named.'),
}).describe('What it is told of: what fits every field.');

export const notificationDocument = document({
  name: nameText.describe('Unique name.'),
  channel: channelDocument.describe('Where notices go, and in whose form.'),
  filter: noticeFilterDocument.prefault({}),
}).meta({
  description: 'Who is told what happens to releases.',
  examples: [
    {
      name: 'ops',
      channel: { slack: { url: { secret: 'slack-ops' } } },
      filter: { namespaces: ['shop'], severity: 'warning' },
    },
  ],
});

export type NotificationDocument = z.input<typeof notificationDocument>;
