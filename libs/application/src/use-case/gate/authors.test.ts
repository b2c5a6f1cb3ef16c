import { expect, it } from '@jest/globals';
import { releaseId } from '@spillway/kernel';
import {
  aCaller,
  aDeployment,
  aWorkshop,
  furnishWebhook,
  github,
  scriptedDelivery,
  senderOf,
  someRule,
} from '../../testing/index.js';

it('takes no approval of who put the rule by which a release was started', async () => {
  const workshop = await aWorkshop({
    steps: [{ kind: 'gate', name: 'prod', approvals: { count: 1, selfApproval: false } }],
  });
  await furnishWebhook(workshop);
  await workshop.useCases.putRule(someRule(), aCaller('eve'));
  const delivery = scriptedDelivery(aDeployment(), 'current');
  const received = await workshop.useCases.receiveDelivery(
    { webhook: github, delivery },
    senderOf(github),
  );
  if (!received.ok) throw new Error(received.error.message);
  await workshop.pass(1_000);
  const release = releaseId(received.value.id);
  const approveAs = (actor: string) =>
    workshop.useCases.approveRelease({ release, comment: '' }, aCaller(actor));
  expect(await approveAs('eve')).toMatchObject({ error: { code: 'SELF_APPROVAL_FORBIDDEN' } });
  expect(await approveAs('ben')).toMatchObject({ ok: true });
});
