import { isDeepStrictEqual } from 'node:util';
import { planDigest } from '@spillway/application';
import {
  begin,
  evolve,
  hasService,
  isFinal,
  replay,
  type Observation,
  type Release,
  type ReleaseEvent,
} from '@spillway/domain-release';
import { History } from '@spillway/domain-release/testing';
import type { ReleaseId, ServiceName } from '@spillway/kernel';
import type { Book } from '../book.js';
import type { Save } from '../watched-store.js';

type Created = Extract<ReleaseEvent, { type: 'created' }>;
type Begun = Extract<ReleaseEvent, { type: 'begun' }>;

interface Known {
  readonly created: Created;
  readonly history: History;
  readonly events: ReleaseEvent[];
  release: Release;
}

/** Every release that was stored, event by event: what it promises is looked at as each is added. */
export class Histories {
  private readonly known = new Map<ReleaseId, Known>();

  constructor(private readonly book: Book) {}

  get all(): readonly Release[] {
    return [...this.known.values()].map(({ release }) => release);
  }

  get open(): readonly Release[] {
    return this.all.filter(({ phase }) => !isFinal(phase));
  }

  get(id: ReleaseId): Release | undefined {
    return this.known.get(id)?.release;
  }

  eventsOf(id: ReleaseId): readonly ReleaseEvent[] {
    return this.known.get(id)?.events ?? [];
  }

  /** A step further; what was saved must be what its events make of what was there before. */
  add({ next, events }: Save, seen: Observation | undefined): void {
    for (const event of events) this.addEvent(next.id, event, seen);
    const folded = this.known.get(next.id)?.release;
    if (JSON.stringify(folded) === JSON.stringify(next)) return;
    const isSame = isDeepStrictEqual(plain(folded), plain(next));
    if (!isSame) this.book.break('the state is what its events say', `release ${next.id}`);
  }

  mustBeOne(service: ServiceName): void {
    const having = this.all.filter((one) => one.service === service && hasService(one.phase));
    if (having.length < 2) return;
    const names = having.map(({ id }) => id).join(', ');
    this.book.break('one release at a time has a service', `${service}: ${names}`);
  }

  /** From nothing, and as they would come back from a database. */
  mustReplay(): void {
    for (const { events, release } of this.known.values()) {
      const replayed = replay(plain(events));
      const isSame = isDeepStrictEqual(plain(replayed), plain(release));
      if (!isSame) this.book.break('replaying the events gives the state', `release ${release.id}`);
    }
  }

  private addEvent(id: ReleaseId, event: ReleaseEvent, seen: Observation | undefined): void {
    if (event.type === 'created') {
      const history = new History(event, planDigest);
      this.known.set(id, { created: event, history, events: [event], release: begin(event) });
      return;
    }
    const known = this.known.get(id);
    if (known === undefined) return this.book.break('a history begins with "created"', id);
    if (!isDeepStrictEqual(plain(event), event)) {
      this.book.break('an event is what JSON can carry', `${id}: ${event.type}`);
    }
    known.events.push(event);
    const before = known.release;
    this.book.hold(() => void (known.release = evolve(before, event)));
    this.book.hold(() => {
      if (event.type === 'begun') this.known.set(id, { ...known, history: anew(known, event) });
      else known.history.add(event, known.release, seen);
    });
  }
}

/** A release whose turn has come is held against what it is made of now; what was said while it waited still counts. */
function anew({ created, events }: Known, event: Begun): History {
  const { stable, strategy, plan, generation, at } = event;
  const { queued: _waited, ...asked } = created;
  const begun: Created = { ...asked, stable, strategy, plan, generation, at };
  const history = new History(begun, planDigest);
  let release = begin(begun);
  for (const earlier of events.slice(1, -1)) {
    release = evolve(release, earlier);
    history.add(earlier, release);
  }
  history.events.push(event);
  return history;
}

const plain = <T>(value: T): T =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
