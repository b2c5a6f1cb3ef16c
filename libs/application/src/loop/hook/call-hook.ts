import { isTold } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import { Circuits } from '../../outgoing/circuits.js';
import type { LoopDeps } from '../deps.js';
import { beginCall, type BegunCall } from './begin-call.js';
import { endCall } from './end-call.js';
import { outcomeOf, unanswered, type Outcome } from './hook-outcome.js';

/** Of an answer, what is worth keeping. */
const maxBytes = 4_096;

/**
 * Asks a hook, or tells it something, where there is something to ask or tell. Waits for that hook
 * only, and touches no cluster: what its answer means is decided where it is read.
 */
export const callHook = (deps: LoopDeps) => {
  const circuits = new Circuits();
  return async (release: ReleaseId, hook: string): Promise<void> => {
    const { unitOfWork, clock, logger } = deps;
    const begun = await unitOfWork.run((tx) => beginCall(tx, deps, { release, hook }));
    if (begun === undefined) return;
    const before = clock.now();
    const outcome = await call(deps, circuits, begun);
    const tookMs = Math.round(clock.now() - before);
    if (outcome.state === 'unanswered') logger.warn({ release, hook }, outcome.detail);
    await unitOfWork.run((tx) => endCall(tx, deps, begun, outcome, tookMs));
  };
};

async function call(
  { outgoing, clock }: LoopDeps,
  circuits: Circuits,
  { hook, call: { id, at }, body, secret }: BegunCall,
): Promise<Outcome> {
  const { url } = hook;
  if (hook.secret !== undefined && secret === undefined) {
    return unanswered(`it was not called: there is no secret "${hook.secret}" to sign with`);
  }
  if (circuits.openUntil(url, clock.now()) !== undefined) {
    const detail = 'it was not called: it failed several times, and is tried again within a minute';
    return { ...unanswered(detail), isPassing: isTold(hook) };
  }
  const answer = await outgoing.call({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    ...(secret === undefined ? {} : { signing: { id, at, secrets: secretsIn(secret) } }),
    timeoutMs: hook.timeout,
    maxBytes,
  });
  if (answer.kind === 'failed') circuits.failed(url, clock.now());
  if (answer.kind === 'answered') circuits.answered(url);
  return outcomeOf(hook, answer);
}

/** Several, one after the other, while one replaces another. */
const secretsIn = (text: string): readonly string[] =>
  text.split(/\s+/).filter((one) => one !== '');
