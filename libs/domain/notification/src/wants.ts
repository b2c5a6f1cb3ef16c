import type { Channel } from './channel.js';
import { fits, type NoticeFilter } from './filter.js';
import type { Notice } from './notice.js';

/** Whether this goes to an endpoint. A status on GitHub has one text for each phase, so only turns are told there. */
export const wants = (
  { channel, filter }: { readonly channel: Channel; readonly filter: NoticeFilter },
  notice: Notice,
): boolean => fits(filter, notice) && (!isStatus(channel) || isTurn(notice));

const isStatus = ({ kind }: Channel): boolean =>
  kind === 'gitHubDeploymentStatus' || kind === 'gitHubCommitStatus';

const isTurn = ({ type, phaseBefore }: Notice): boolean =>
  type === 'test' || type === 'created' || phaseBefore !== undefined;
