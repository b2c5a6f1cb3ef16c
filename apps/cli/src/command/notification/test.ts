import type { Delivery, OutgoingDelivery } from '@spillway/sdk';
import type { Command } from 'commander';
import { exitCode } from '../../exit-code.js';
import type { Runner, Session } from '../../session.js';
import { time } from '../arguments.js';
import { examples } from '../examples.js';

const between = 500;

export function addNotificationTest(notification: Command, runner: Runner): void {
  notification
    .command('test')
    .description('Send an endpoint a message of no release, and say what came of it')
    .argument('<name>')
    .option('--timeout <duration>', 'how long to wait for that', time, 30_000)
    .addHelpText('after', examples('spillway notification test ops'))
    .action(
      runner.run(async (session, name: string, { timeout }: { readonly timeout: number }) => {
        const { client, io, print } = session;
        const until = io.now() + timeout;
        const queued = await client.notifications.test(name);
        const tried = await triedBefore(session, queued, until);
        print(tried, () => outcomeOf(name, tried));
        if (tried.attempts.length === 0) return exitCode.waitedInVain;
        return tried.state === 'delivered' ? exitCode.succeeded : exitCode.failed;
      }),
    );
}

const hasBeenTried = (delivery: Delivery): delivery is OutgoingDelivery =>
  delivery.direction === 'out' && delivery.attempts.length > 0;

async function triedBefore(
  { client, io }: Session,
  queued: OutgoingDelivery,
  until: number,
): Promise<OutgoingDelivery> {
  while (io.now() < until) {
    const found = await client.deliveries.get(queued.id);
    if (hasBeenTried(found)) return found;
    await pause(io, between);
  }
  return queued;
}

const pause = (io: Session['io'], ms: number): Promise<void> =>
  new Promise((resolve) => {
    const stop = io.every(ms, () => {
      stop();
      resolve();
    });
  });

function outcomeOf(name: string, { id, state, because, attempts }: OutgoingDelivery): string {
  if (state === 'delivered') return `${name} took the test\n`;
  return attempts.length === 0
    ? `nobody has tried to deliver ${id} yet; is a worker running?\n`
    : `${name} did not take the test: ${because ?? 'no reason'}\n`;
}
