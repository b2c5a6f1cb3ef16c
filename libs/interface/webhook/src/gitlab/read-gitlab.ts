import { ok } from '@spillway/kernel';
import { parse } from '@spillway/interface-contract/parse';
import { z } from 'zod';
import { readJson } from '../body/read-json.js';
import { ofNoUse, type Read } from '../read.js';
import { gitlabEvents } from './events.js';

const kind = z.object({ object_kind: z.string().max(100) });

export const readGitlab: Read = (delivery) => {
  const json = readJson(delivery);
  if (!json.ok) return json;
  const about = parse(kind, json.value);
  if (!about.ok) return about;
  const event = about.value.object_kind;
  const identified = idOf(delivery.headers);
  const schema = Object.hasOwn(gitlabEvents, event) ? gitlabEvents[event] : undefined;
  if (schema === undefined) return ok({ ...identified, ...ofNoUse(event, whyNot(event)) });
  const facts = parse(schema, json.value);
  return facts.ok ? ok({ ...identified, event, trigger: { event, ...facts.value } }) : facts;
};

/** The first is the same when GitLab tries again; older ones send the second only. */
function idOf(headers: Readonly<Record<string, string | undefined>>): { key?: string } {
  const key = headers['idempotency-key'] ?? headers['x-gitlab-event-uuid'];
  return key === undefined ? {} : { key };
}

const whyNot = (event: string): string =>
  `GitLab’s event "${event}" is not read; those that are: ${Object.keys(gitlabEvents).join(', ')}`;
