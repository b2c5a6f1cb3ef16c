import type { OnBusy } from '@spillway/application';
import { orderVerbs, type Order, type Release } from '@spillway/domain-release';
import { after, instant, strategyName, version } from '@spillway/kernel';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';
import { someStrategy } from '../some-strategy.js';

const people = ['ana', 'ben', 'eve', 'kim'] as const;
const policies: readonly OnBusy[] = ['refuse', 'queue', 'queue', 'supersede'];

/** Somebody says something of a release that has not ended, or of one that has. */
const ofRelease =
  (say: (night: Night, release: Release, dice: Dice) => string) =>
  (night: Night, dice: Dice): string | undefined => {
    const { histories } = night.site.promises;
    const some = histories.open.length > 0 && dice.under(8) > 0 ? histories.open : histories.all;
    return some.length === 0 ? undefined : say(night, dice.one(some), dice);
  };

function start(night: Night, dice: Dice): string {
  const { service } = dice.one(night.services);
  const candidate = version(dice.one(['v2', 'v2', 'v2', 'v3', 'v4', 'v4', 'v1']));
  const strategy = strategyName(dice.one(night.strategies));
  const onBusy = dice.one(policies);
  const who = dice.one(people);
  const command = { service, candidate, strategy, onBusy, description: '' };
  night.ask(who, `start ${candidate}`, (api, caller) => api.startRelease(command, caller));
  return `${who} releases ${service} ${candidate} by ${strategy} (${onBusy})`;
}

/** A script that sends its request once more, and one that gives its key to another request. */
function repeat(night: Night, dice: Dice): string {
  const number = dice.under(4);
  const key = `key ${number}`;
  const { service } = dice.one(night.services.slice(0, 1));
  const candidate = version(dice.one(['v2', 'v2', 'v4']));
  const strategy = strategyName(night.strategies[number % 2 === 0 ? 0 : 1]);
  const command = { service, candidate, strategy, onBusy: 'queue', description: key } as const;
  const times = 1 + dice.under(2);
  for (let i = 0; i < times; i += 1) {
    night.ask('ci', candidate, (api, caller) => api.startRelease(command, caller), key);
  }
  return `ci releases ${service} ${candidate} under ${key}, ${times} times`;
}

const order = ofRelease((night, { id: release }, dice) => {
  const verb = dice.one([...orderVerbs, 'resume', 'resume', 'pause'] as const);
  const told = { verb, step: dice.under(6), comment: 'looked at by hand' } as Order;
  return tell(night, dice.one(people), { ...told, release });
});

const abort = ofRelease((night, { id: release }, dice) =>
  tell(night, dice.one(people), { verb: 'abort', comment: '', release }),
);

function tell(night: Night, who: string, command: Order & { readonly release: Release['id'] }) {
  night.ask(who, command.verb, (api, caller) => api.commandRelease(command, caller));
  return `${who} says ${command.verb} to ${command.release.slice(0, 8)}`;
}

/** What people and their scripts ask for. */
export const peopleActs = {
  start,
  startAnother: start,
  repeat,
  repeatAnother: repeat,
  order,
  orderAnother: order,
  abort,
  approve: ofRelease((night, { id: release }, dice) => {
    const who = dice.one(people);
    const input = { release, comment: '' };
    night.ask(who, 'approve', (api, caller) => api.approveRelease(input, caller));
    return `${who} approves ${release.slice(0, 8)}`;
  }),
  reject: ofRelease((night, { id: release }, dice) => {
    const who = dice.one(people);
    const input = { release, comment: '' };
    night.ask(who, 'reject', (api, caller) => api.rejectRelease(input, caller));
    return `${who} rejects ${release.slice(0, 8)}`;
  }),
  again: ofRelease((night, { id: release }, dice) => {
    const [who, verb] = [dice.one(people), dice.one(['retryRelease', 'undoRelease'] as const)];
    const input = { release, comment: '', onBusy: dice.one(policies) };
    night.ask(who, verb, (api, caller) => api[verb](input, caller));
    return `${who} asks for ${verb} of ${release.slice(0, 8)}`;
  }),
  gate: (night: Night, dice: Dice) => {
    const { service } = dice.one(night.services);
    const state = dice.one(['open', 'closed'] as const);
    night.ask('kim', `gate ${state}`, (api, caller) =>
      api.setGate({ service, gate: 'begin', state, comment: '' }, caller),
    );
    return `kim makes the gate of ${service} ${state}`;
  },
  freeze: (night: Night, dice: Dice) => {
    const from = night.site.time.now();
    const length = 1 + dice.under(20_000);
    const times = { kind: 'once', from: instant(from - 1), to: after(from, length) } as const;
    const window = { name: `window-${from}`, times, scope: {}, because: '' };
    night.ask('kim', 'freeze', (api, caller) => api.putFreezeWindow(window, caller));
    return `kim freezes everything for ${length} ms`;
  },
  override: ofRelease((night, { id: release }) => {
    const input = { release, reason: 'cannot wait' };
    night.ask('kim', 'override', (api, caller) => api.overrideFreeze(input, caller));
    return `kim overrides freezes for ${release.slice(0, 8)}`;
  }),
  strategyChanged: ofRelease((night, { id: release }, dice) => {
    const strategy = strategyName(dice.one(night.strategies));
    const draft = { name: strategy, ...someStrategy(dice) };
    night.ask('ana', 'strategy', (api, caller) => api.putStrategy(draft, caller));
    const input = { release, strategy, comment: '' };
    night.ask('ana', 'change strategy', (api, caller) => api.changeReleaseStrategy(input, caller));
    return `ana changes strategy ${strategy}, and ${release.slice(0, 8)} to it`;
  }),
} as const;
