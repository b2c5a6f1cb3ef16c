import type { ApplyOutcome, LinkState } from '@spillway/application';
import type { IstioKind, IstioObject, ObjectPlace, Write } from '@spillway/domain-istio';
import { duration } from '@spillway/kernel';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { applyObject, noUid } from './apply-object.js';
import { ApiRefusal, describeFailure } from './failure.js';
import { pluralOf } from './istio-api.js';
import { patchObject } from './patch-object.js';
import { readObject } from './read-object.js';
import { removeObject, type Removed } from './remove-object.js';
import type { Held, RoutingCache } from './routing-cache.js';
import type { Patience, Written } from './written.js';

/** A watch tells of a change within milliseconds; one that has said nothing for so long may be dead. */
const moment = 2_000;

/** How long a write may take that probably gets no answer. */
const shortly = duration(1_000);

type ExpectedVersion = { readonly resourceVersion?: string };

interface Target {
  readonly kind: IstioKind;
  readonly place: ObjectPlace;
}

type Call = (within: Patience) => Promise<Written | Removed>;

/** Writes objects to one API server, and brings the cache up to what it answers. */
export class RoutingWriter {
  /** Why the last write got no answer. */
  private unanswered: string | undefined;
  private isTrying = false;

  constructor(
    private readonly session: ApiSession,
    private readonly cache: RoutingCache,
    private readonly state: () => LinkState,
    /** Told why the watches should not be trusted any more. */
    private readonly doubt: (reason: string) => void,
  ) {}

  apply(object: IstioObject, { resourceVersion }: ExpectedVersion): Promise<ApplyOutcome> {
    const target = { kind: object.kind, place: object.metadata };
    return this.inTurn(target, (within) => {
      const uid = this.uidOf(target) ?? noUid;
      const expected = resourceVersion === undefined ? undefined : { resourceVersion, uid };
      return applyObject(this.session, object, expected, within);
    });
  }

  patch(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    const { kind, place } = write;
    const target = kind === 'Deployment' ? undefined : { kind, place };
    return this.inTurn(target, (within) =>
      patchObject(this.session, write, target && this.uidOf(target), within),
    );
  }

  remove(write: Extract<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    return this.inTurn(write, (within) =>
      removeObject(this.session, write, this.uidOf(write), within),
    );
  }

  private uidOf({ kind, place }: Target): string | undefined {
    return this.cache.find(kind, place)?.uid;
  }

  /**
   * A cluster that gives no answers holds up one writer at a time: whoever else
   * wants to write is told at once, for the others have more clusters to see to.
   */
  private async inTurn(target: Target | undefined, call: Call): Promise<ApplyOutcome> {
    const state = this.state();
    const isUnreachable = state.kind === 'unreachable';
    const trouble = isUnreachable ? state.reason : this.unanswered;
    if (trouble === undefined) return this.write(target, call);
    if (this.isTrying) return { kind: 'unreachable', reason: trouble };
    this.isTrying = true;
    try {
      return await this.write(target, call, isUnreachable ? shortly : undefined);
    } finally {
      this.isTrying = false;
    }
  }

  private async write(
    target: Target | undefined,
    call: Call,
    within?: Patience,
  ): Promise<ApplyOutcome> {
    const before = target && this.cache.find(target.kind, target.place);
    const written = await call(within);
    const { outcome } = written;
    this.unanswered =
      'lost' in written && written.lost && outcome.kind === 'unreachable'
        ? outcome.reason
        : undefined;
    if (this.unanswered !== undefined) this.doubt(this.unanswered);
    else if (target === undefined) return outcome;
    else if ('answer' in written) this.cache.putAnswer(target.kind, written.answer);
    else if (outcome.kind === 'conflict') await this.lookAgain(target, within);
    else if (outcome.kind === 'applied') this.forget(target, before);
    return outcome;
  }

  /** Unless the watch has been faster, and has told of a new one. */
  private forget({ kind, place }: Target, removed: Held | undefined): void {
    if (this.cache.find(kind, place) === removed) this.cache.forgetGone(kind, place);
  }

  /**
   * Whoever wrote first should be in the cache by now. But a watch can be dead
   * and not show it, and then every further write would be a conflict too.
   */
  private async lookAgain({ kind, place }: Target, within?: Patience): Promise<void> {
    const before = this.cache.find(kind, place);
    const seen = this.cache.seenOf(kind);
    try {
      const found = await readObject(this.session, kind, place, within);
      const hadNews = this.cache.find(kind, place) !== before;
      if (hadNews || isSame(before, found)) return;
      if (found === undefined) this.cache.forgetGone(kind, place);
      else this.cache.putAnswer(kind, found);
      this.expectNewsSince(kind, seen);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) this.doubt(describeFailure(error).detail);
    }
  }

  private expectNewsSince(kind: IstioKind, seen: string | undefined): void {
    const check = (): void => {
      if (this.cache.seenOf(kind) !== seen) return;
      this.doubt(`the watch of ${pluralOf[kind]} did not tell of a change`);
    };
    setTimeout(check, moment).unref();
  }
}

const isSame = (held: Held | undefined, found: ApiObject | undefined): boolean =>
  held?.object.metadata.resourceVersion === found?.metadata.resourceVersion;
