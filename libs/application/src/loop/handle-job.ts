import type { Job } from '../port/job-queue.js';
import { setAccessLog } from './access-log.js';
import { announce } from './announce.js';
import { apply } from './apply.js';
import { applyEgress } from './apply-egress.js';
import type { LoopDeps } from './deps.js';
import { callHook } from './hook/call-hook.js';
import { measure } from './measure.js';
import { notify } from './notify.js';
import { reconcile } from './reconcile.js';
import { trigger } from './trigger.js';
import { verify } from './verify.js';

type Work = {
  readonly [Kind in Job['kind']]: (job: Extract<Job, { readonly kind: Kind }>) => Promise<void>;
};

/** What a worker does with a job. */
export const handleJob = (deps: LoopDeps): ((job: Job) => Promise<void>) => {
  const work = workOf(deps);
  return (job) => (work[job.kind] as (one: Job) => Promise<void>)(job);
};

/** Complete by kind: a job that nobody does does not compile. */
function workOf(deps: LoopDeps): Work {
  const parts = {
    reconcile: reconcile(deps),
    apply: apply(deps),
    measure: measure(deps),
    verify: verify(deps),
    trigger: trigger(deps),
    hook: callHook(deps),
    announce: announce(deps),
    notify: notify(deps),
    egress: applyEgress(deps),
  };
  return {
    reconcile: ({ release }) => parts.reconcile(release),
    apply: ({ release, cluster }) => parts.apply(release, cluster),
    measure: ({ release, cluster }) => parts.measure(release, cluster),
    verify: ({ release, cluster }) => parts.verify(release, cluster),
    trigger: ({ delivery }) => parts.trigger(delivery),
    hook: ({ release, hook }) => parts.hook(release, hook),
    announce: ({ release }) => parts.announce(release),
    notify: ({ endpoint }) => parts.notify(endpoint),
    egress: ({ namespace, cluster }) => parts.egress(namespace, cluster),
    accessLog: setAccessLog(deps),
  };
}
