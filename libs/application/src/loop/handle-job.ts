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

/** What a worker does with a job. */
export const handleJob = (deps: LoopDeps): ((job: Job) => Promise<void>) => {
  const work = {
    reconcile: reconcile(deps),
    apply: apply(deps),
    measure: measure(deps),
    verify: verify(deps),
    trigger: trigger(deps),
    hook: callHook(deps),
    announce: announce(deps),
    notify: notify(deps),
    egress: applyEgress(deps),
    accessLog: setAccessLog(deps),
  };
  return (job) => {
    switch (job.kind) {
      case 'reconcile':
        return work.reconcile(job.release);
      case 'apply':
        return work.apply(job.release, job.cluster);
      case 'measure':
        return work.measure(job.release, job.cluster);
      case 'verify':
        return work.verify(job.release, job.cluster);
      case 'trigger':
        return work.trigger(job.delivery);
      case 'hook':
        return work.hook(job.release, job.hook);
      case 'announce':
        return work.announce(job.release);
      case 'notify':
        return work.notify(job.endpoint);
      case 'accessLog':
        return work.accessLog(job);
      case 'egress':
        return work.egress(job.namespace, job.cluster);
    }
  };
};
