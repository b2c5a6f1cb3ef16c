import {
  orAborted,
  type ApplyOutcome,
  type LinkState,
  type RereadOutcome,
} from '@spillway/application';
import type { IstioObject, ObjectPlace, Write } from '@spillway/domain-istio';
import { duration } from '@spillway/kernel';
import type { ApiSession } from './api-session.js';
import { applyObject, noUid } from './apply-object.js';
import { ApiRefusal, describeFailure } from './failure.js';
import type { WrittenKind } from './istio-api.js';
import { patchObject } from './patch-object.js';
import { readObject } from './read-object.js';
import { removeObject, type Removed } from './remove-object.js';
import type { Shelf } from './shelf.js';
import type { Patience, Written } from './written.js';

/** A watch tells of a change within milliseconds; one that has said nothing for so long may be dead. */
const moment = 2_000;

/** A write takes some milliseconds. */
const soon = 250;

/** How long a write may take that probably gets no answer. */
const shortly = duration(1_000);

type ExpectedVersion = { readonly resourceVersion?: string };

export interface Target {
  readonly kind: WrittenKind;
  readonly place: ObjectPlace;
  /** Of the object that a patch was made for. */
  readonly patched?: string;
}

type Call = (uid: string | undefined, within: Patience) => Promise<Written | Removed>;

/** Writes objects to one API server, and brings what is held of them up to what it answers. */
export class RoutingWriter {
  /** Why the last write got no answer. */
  private unanswered: string | undefined;
  private trying: Promise<ApplyOutcome> | undefined;

  constructor(
    private readonly session: ApiSession,
    private readonly shelfOf: (target: Target) => Shelf,
    private readonly state: () => LinkState,
    /** Told why the watches should not be trusted any more. */
    private readonly doubt: (reason: string) => void,
  ) {}

  apply(object: IstioObject, { resourceVersion }: ExpectedVersion): Promise<ApplyOutcome> {
    const target = { kind: object.kind, place: object.metadata };
    return this.inTurn(target, (uid = noUid, within) => {
      const expected = resourceVersion === undefined ? undefined : { resourceVersion, uid };
      return applyObject(this.session, object, expected, within);
    });
  }

  patch(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    const { kind, place, resourceVersion } = write;
    return this.inTurn({ kind, place, patched: resourceVersion }, (uid, within) =>
      patchObject(this.session, write, uid, within),
    );
  }

  remove(write: Extract<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    return this.inTurn(write, (uid, within) => removeObject(this.session, write, uid, within));
  }

  async reread(targets: readonly Target[]): Promise<RereadOutcome> {
    const read = targets.map((target) => this.readAnew(target, this.shelfOf(target)));
    for (const answer of await Promise.all(read)) {
      if ('reason' in answer) return { kind: 'unreachable', reason: answer.reason };
    }
    return { kind: 'reread' };
  }

  /**
   * A cluster that gives no answers holds up one writer at a time: whoever else
   * wants to write is told at once, for the others have more clusters to see to.
   * One whose watches are well again was away, or only writes hang there: that
   * shows in a moment, and all who wrote meanwhile need not come again.
   */
  private async inTurn(target: Target, call: Call): Promise<ApplyOutcome> {
    const state = this.state();
    const isUnreachable = state.kind === 'unreachable';
    const trouble = isUnreachable ? state.reason : this.unanswered;
    if (trouble === undefined) return this.write(target, call);
    if (this.trying === undefined) return this.tryAlone(target, call, isUnreachable);
    if (!isUnreachable && (await this.isAnsweredSoon(this.trying))) return this.write(target, call);
    return { kind: 'unreachable', reason: trouble };
  }

  private async tryAlone(
    target: Target,
    call: Call,
    isUnreachable: boolean,
  ): Promise<ApplyOutcome> {
    try {
      this.trying = this.write(target, call, isUnreachable ? shortly : undefined);
      return await this.trying;
    } finally {
      this.trying = undefined;
    }
  }

  private async isAnsweredSoon(trying: Promise<ApplyOutcome>): Promise<boolean> {
    await orAborted(trying, AbortSignal.timeout(soon)).catch(() => undefined);
    return this.unanswered === undefined;
  }

  private async write(target: Target, call: Call, within?: Patience): Promise<ApplyOutcome> {
    const shelf = this.shelfOf(target);
    const before = shelf.find(target.place);
    const written = await call(before?.uid, within);
    const { outcome } = written;
    this.unanswered =
      'lost' in written && written.lost && outcome.kind === 'unreachable'
        ? outcome.reason
        : undefined;
    if (this.unanswered !== undefined) this.doubt(this.unanswered);
    if (outcome.kind === 'conflict') return this.lookAgain(target, shelf, within);
    if ('answer' in written) shelf.putAnswer(written.answer);
    // Unless the watch has been faster, and has told of a new one.
    else if (outcome.kind === 'applied' && shelf.find(target.place) === before) {
      shelf.forgetGone(target.place);
    }
    return outcome;
  }

  /**
   * Whoever wrote first should be known by now. But a watch can be dead and not
   * show it, and then every further write would be a conflict too.
   */
  private async lookAgain(
    { kind, place, patched }: Target,
    shelf: Shelf,
    within: Patience,
  ): Promise<ApplyOutcome> {
    const answer = await this.readAnew({ kind, place }, shelf, within);
    const isMisfit = 'version' in answer && answer.version === patched && patched !== undefined;
    return isMisfit ? misfit : { kind: 'conflict' };
  }

  /** The version that is there now, if any, which is held from now on. */
  private async readAnew(
    { kind, place }: Target,
    shelf: Shelf,
    within?: Patience,
  ): Promise<{ readonly version: string | undefined } | { readonly reason: string }> {
    const before = shelf.find(place);
    const seen = shelf.seen();
    try {
      const found = await readObject(this.session, kind, place, within);
      const version = found?.metadata.resourceVersion;
      const hadNews = shelf.find(place) !== before;
      if (hadNews || before?.resourceVersion === version) return { version };
      if (found === undefined) shelf.forgetGone(place);
      else shelf.putAnswer(found);
      this.expectNewsSince(shelf, seen);
      return { version };
    } catch (error) {
      if (error instanceof ApiRefusal) return { reason: error.message };
      const { detail } = describeFailure(error);
      this.doubt(detail);
      return { reason: detail };
    }
  }

  private expectNewsSince(shelf: Shelf, seen: string | undefined): void {
    const check = (): void => {
      if (shelf.seen() !== seen) return;
      this.doubt(`the watch of ${shelf.plural} did not tell of a change`);
    };
    setTimeout(check, moment).unref();
  }
}

/** Nobody changed the object, so looking again would lead to the same patch. */
const misfit = { kind: 'refused', reason: 'the patch does not fit the object' } as const;
