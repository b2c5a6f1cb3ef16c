import type { EventView, ReleaseView } from '@spillway/interface-contract';
import { globalId } from '../node/global-id.js';

export type RolloutView = ReleaseView['rollouts'][number];

/** The rollouts of a release, each with an id of its own. */
export const rolloutNodes = ({ id, rollouts }: ReleaseView) =>
  rollouts.map((rollout) => ({ ...rollout, id: globalId('Rollout', id, rollout.cluster) }));

export const eventNode = (release: string, event: EventView) => ({
  ...event,
  id: globalId('Event', release, event.sequence),
});
