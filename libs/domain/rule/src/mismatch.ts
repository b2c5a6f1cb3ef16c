import { matchesGlob } from './glob.js';
import { imageParts } from './image.js';
import type { RuleMatch } from './rule.js';
import type { Trigger, TriggerStatus } from './trigger.js';

interface Question {
  /** As a sentence calls it. */
  readonly what: string;
  readonly wanted: readonly string[] | undefined;
  readonly was: string | undefined;
  readonly fits: (wanted: string, was: string) => boolean;
}

const onlySuccess: readonly TriggerStatus[] = ['success'];
const same = (wanted: string, was: string): boolean => wanted === was;

/** Why the delivery is not what the rule is for, or `undefined` when it is. */
export function mismatchOf(match: RuleMatch, trigger: Trigger): string | undefined {
  const wrong = questions(match, trigger).filter(({ wanted, was, fits }) => {
    return wanted !== undefined && !wanted.some((each) => was !== undefined && fits(each, was));
  });
  return wrong.length === 0 ? undefined : wrong.map(complaint).join('; ');
}

const questions = (match: RuleMatch, trigger: Trigger): readonly Question[] => [
  { what: 'event', wanted: match.events, was: trigger.event, fits: same },
  { what: 'status', wanted: match.statuses ?? onlySuccess, was: trigger.status, fits: same },
  glob('repository', match.repositories, trigger.repository),
  glob('environment', match.environments, trigger.environment),
  glob('image', match.images, withoutDigest(trigger.image)),
  glob('branch', match.branches, trigger.branch),
  glob('tag', match.tags, trigger.tag),
];

const glob = (
  what: string,
  wanted: readonly string[] | undefined,
  was: string | undefined,
): Question => ({ what, wanted, was, fits: matchesGlob });

/** `branch main wanted, was feature/x`. */
const complaint = ({ what, wanted = [], was }: Question): string =>
  `${what} ${wanted.join(' or ')} wanted, ${was === undefined ? 'and the delivery names none' : `was ${was}`}`;

function withoutDigest(image: string | undefined): string | undefined {
  if (image === undefined) return undefined;
  const { repository, tag } = imageParts(image);
  return tag === undefined ? repository : `${repository}:${tag}`;
}
