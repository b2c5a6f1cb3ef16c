import { notPossible, possibilityOf, type Follows, type Release } from '@spillway/domain-release';
import { ok, refusal, refuse, type Refusal, type Version } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import { beginRelease } from './start-release.js';
import type { ReleaseInstead, UseCases } from './use-cases.js';

type Deps = Pick<UseCaseDeps, 'unitOfWork' | 'newReleaseId'>;

interface Kind {
  readonly verb: Follows['verb'];
  readonly operation: 'retryRelease' | 'undoRelease';
  readonly versionOf: (release: Release) => Version;
  readonly refusalOf: (tx: Tx, release: Release) => Promise<Refusal | undefined>;
  readonly words: (release: Release) => string;
}

export const retryRelease = (deps: Deps): UseCases['retryRelease'] =>
  instead(deps, {
    verb: 'retry',
    operation: 'retryRelease',
    versionOf: ({ candidate }) => candidate,
    refusalOf: () => Promise.resolve(undefined),
    words: ({ id, candidate }) => `${candidate} once more, after release ${id}`,
  });

export const undoRelease = (deps: Deps): UseCases['undoRelease'] =>
  instead(deps, {
    verb: 'undo',
    operation: 'undoRelease',
    versionOf: ({ stable }) => stable,
    refusalOf: refuseOvertaken,
    words: ({ id, stable }) => `back to ${stable}, as before release ${id}`,
  });

/** Who asks for the same again while it is being done gets the release that does it. */
const instead =
  (deps: Deps, kind: Kind): UseCases['retryRelease'] =>
  (command, caller) =>
    change(deps, { operation: kind.operation, input: command, caller }, async (tx) => {
      const release = await tx.releases.get(command.release);
      if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', command.release));
      if (possibilityOf(release, kind.verb) === 'refused') {
        return refuse(notPossible(release, kind.verb));
      }
      const follows: Follows = { verb: kind.verb, release: release.id };
      const doing = await openFollower(tx, release, follows);
      if (doing !== undefined) {
        return ok({ value: doing, subject: `release ${doing.id}`, isRepeated: true as const });
      }
      const refused = await kind.refusalOf(tx, release);
      if (refused !== undefined) return refuse(refused);
      const id = deps.newReleaseId();
      const begun = await beginRelease(tx, id, {
        command: startOf(release, command, kind),
        actor: caller.actor,
        follows,
      });
      if (!begun.ok) return begun;
      return ok({ value: begun.value, subject: `release ${id}`, after: begun.value });
    });

const startOf = (
  release: Release,
  { strategy = release.strategy.name, onBusy, comment }: ReleaseInstead,
  { versionOf, words }: Kind,
) => ({
  service: release.service,
  candidate: versionOf(release),
  strategy,
  description: comment === '' ? words(release) : `${words(release)}: ${comment}`,
  ...(onBusy === undefined ? {} : { onBusy }),
});

async function openFollower(
  tx: Tx,
  { service }: Release,
  { verb, release }: Follows,
): Promise<Release | undefined> {
  const running = await tx.releases.running(service);
  const open = [
    ...(running === undefined ? [] : [running]),
    ...(await tx.releases.queued(service)),
  ];
  return open.find(({ follows }) => follows?.verb === verb && follows.release === release);
}

/** What served before it is not what serves before a later one. */
async function refuseOvertaken(tx: Tx, { id, service }: Release): Promise<Refusal | undefined> {
  const latest = (await tx.services.get(service))?.latestRelease;
  if (latest === undefined || latest === id) return undefined;
  return refusal(
    'NOT_LATEST_RELEASE',
    `Release ${latest} of "${service}" came after release ${id}.`,
    'Undo that one, or release the version that you want.',
  );
}
