import { ok } from '@spillway/kernel';
import { parse } from '@spillway/interface-contract/parse';
import { readJson } from '../body/read-json.js';
import { ofNoUse, type Read } from '../read.js';
import { githubEvents } from './events.js';

/** Unknown events are kept and not read: GitHub sends whatever is ticked there. */
export const readGithub: Read = (delivery) => {
  const { 'x-github-event': event = '', 'x-github-delivery': key } = delivery.headers;
  const json = readJson(delivery, ['json', 'form']);
  if (!json.ok) return json;
  const identified = key === undefined ? {} : { key };
  const schema = Object.hasOwn(githubEvents, event) ? githubEvents[event] : undefined;
  if (schema === undefined) return ok({ ...identified, ...ofNoUse(event, whyNot(event)) });
  const facts = parse(schema, json.value);
  return facts.ok ? ok({ ...identified, event, trigger: { event, ...facts.value } }) : facts;
};

const whyNot = (event: string): string =>
  event === 'ping'
    ? 'a ping: GitHub and this webhook know each other'
    : `GitHub’s event "${event}" is not read; those that are: ${Object.keys(githubEvents).join(', ')}`;
