import type { NewNotificationEndpoint } from '@spillway/application';
import type { Channel, NoticeFilter } from '@spillway/domain-notification';
import { notificationName, ok, type Refusal, type Result } from '@spillway/kernel';
import type { z } from 'zod';
import { parse } from '../schema/parse.js';
import type { ParsedChannel } from './channel-document.js';
import { notificationDocument, type noticeFilterDocument } from './notification-document.js';

/** A notification document, as it came, to what `putNotification` takes. */
export function toNewNotification(input: unknown): Result<NewNotificationEndpoint, Refusal> {
  const parsed = parse(notificationDocument, input);
  if (!parsed.ok) return parsed;
  const { name, channel, filter } = parsed.value;
  return ok({
    name: notificationName(name),
    channel: toChannel(channel),
    filter: toFilter(filter),
  });
}

/** Kind by kind, the compiler has held the documents against the channel; here it cannot. */
function toChannel(channel: ParsedChannel): Channel {
  const [[kind, fields] = []] = Object.entries(channel);
  return { kind, ...(fields as object) } as Channel;
}

/** Who names types wants all of them. */
const toFilter = (filter: z.output<typeof noticeFilterDocument>): NoticeFilter => ({
  ...filter,
  severity: filter.severity ?? (filter.types === undefined ? 'info' : 'detail'),
});
