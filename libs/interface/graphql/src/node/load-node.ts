import type { UseCases } from '@spillway/application';
import { releaseId, type Refusal, type Result } from '@spillway/kernel';
import {
  toClusterName,
  toEgressStatusView,
  toEventView,
  toFreezeWindowName,
  toFreezeWindowView,
  toNotificationName,
  toNotificationView,
  toRuleName,
  toRuleView,
  toWebhookName,
  toWebhookView,
  toMemberName,
  toMemberView,
  toNamespaceName,
  toReleaseId,
  toServiceName,
  toSourceName,
  toSourceView,
  toStrategyName,
  toTokenName,
  toTokenView,
} from '@spillway/interface-contract';
import type { GraphqlContext } from '../options.js';
import { mapOk, orNull } from '../outcome.js';
import { eventNode, rolloutNodes } from '../release/nodes.js';
import { parseId, type ParsedId } from './global-id.js';

type Loading = GraphqlContext & { readonly useCases: UseCases };
type Found = Promise<object | null | undefined>;

/** A text that no object could have as its name is the name of nothing. */
const named = <Name>(name: Result<Name, Refusal>, load: (name: Name) => Found): Found =>
  name.ok ? load(name.value) : Promise.resolve(null);

const wholeNumber = /^[1-9]\d{0,8}$/;

const releaseOf = (id: string, { loaders }: Loading) =>
  named(toReleaseId(id), (known) => loaders.releases.load(known));

const load: Record<ParsedId['type'], (key: readonly string[], loading: Loading) => Found> = {
  Release: ([id = ''], loading) => releaseOf(id, loading),
  Cluster: ([name = ''], { loaders }) =>
    named(toClusterName(name), (known) => loaders.clusters.load(known)),
  Service: ([name = ''], { loaders }) =>
    named(toServiceName(name), (known) => loaders.services.load(known)),
  Strategy: ([name = '', version = ''], { loaders }) =>
    named(toStrategyName(name), async (known) =>
      wholeNumber.test(version)
        ? loaders.strategies.load({ name: known, version: Number(version) })
        : null,
    ),
  Rollout: ([id = '', cluster], { loaders }) =>
    named(toReleaseId(id), async (known) => {
      const release = await loaders.releases.load(known);
      return release && rolloutNodes(release).find((rollout) => rollout.cluster === cluster);
    }),
  Event: ([id = '', sequence = ''], { useCases, caller }) =>
    named(toReleaseId(id), async (known) => {
      if (!wholeNumber.test(sequence)) return null;
      const range = { after: Number(sequence) - 1, limit: 1 };
      const events = orNull(await useCases.listEvents(releaseId(known), range, caller));
      const [event] = events ?? [];
      return event && eventNode(known, toEventView(event));
    }),
  EgressPolicy: ([name = ''], { useCases, caller }) =>
    named(toNamespaceName(name), async (known) =>
      orNull(mapOk(await useCases.getEgressPolicy(known, caller), toEgressStatusView)),
    ),
  Token: ([name = ''], { useCases, caller }) =>
    named(toTokenName(name), async (known) =>
      orNull(mapOk(await useCases.getToken(known, caller), toTokenView)),
    ),
  Member: ([name = ''], { useCases, caller }) =>
    named(toMemberName(name), async (known) =>
      orNull(mapOk(await useCases.getMember(known, caller), toMemberView)),
    ),
  Source: ([name = ''], { useCases, caller }) =>
    named(toSourceName(name), async (known) =>
      orNull(mapOk(await useCases.getSource(known, caller), toSourceView)),
    ),
  Notification: ([name = ''], { useCases, caller }) =>
    named(toNotificationName(name), async (known) =>
      orNull(mapOk(await useCases.getNotification(known, caller), toNotificationView)),
    ),
  Webhook: ([name = ''], { useCases, caller }) =>
    named(toWebhookName(name), async (known) =>
      orNull(mapOk(await useCases.getWebhook(known, caller), toWebhookView)),
    ),
  Rule: ([name = ''], { useCases, caller }) =>
    named(toRuleName(name), async (known) =>
      orNull(mapOk(await useCases.getRule(known, caller), toRuleView)),
    ),
  FreezeWindow: ([name = ''], { useCases, caller }) =>
    named(toFreezeWindowName(name), async (known) =>
      orNull(mapOk(await useCases.getFreezeWindow(known, caller), toFreezeWindowView)),
    ),
};

/** Null for what is not there, or not to be seen by who asks. */
export async function loadNode(id: string, loading: Loading): Promise<object | null> {
  const parsed = parseId(id);
  if (parsed === undefined) return null;
  const found = await load[parsed.type](parsed.key, loading);
  return found === null || found === undefined ? null : { __typename: parsed.type, ...found };
}
