import type { ApplyOutcome, LinkState } from '@spillway/application';
import type { IstioKind, IstioObject } from '@spillway/domain-istio';
import { duration, type Duration } from '@spillway/kernel';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { applyObject, noUid } from './apply-object.js';
import { ApiRefusal, describeFailure } from './failure.js';
import { pluralOf } from './istio-api.js';
import { readObject } from './read-object.js';
import type { Held, RoutingCache } from './routing-cache.js';

/** A watch tells of a change within milliseconds; one that has said nothing for so long may be dead. */
const moment = 2_000;

/** How long a write may take that probably gets no answer. */
const shortly = duration(1_000);

type ExpectedVersion = { readonly resourceVersion?: string };

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

  /**
   * A cluster that gives no answers holds up one writer at a time: whoever else
   * wants to write is told at once, for the others have more clusters to see to.
   */
  async apply(object: IstioObject, expected: ExpectedVersion): Promise<ApplyOutcome> {
    const state = this.state();
    const isUnreachable = state.kind === 'unreachable';
    const trouble = isUnreachable ? state.reason : this.unanswered;
    if (trouble === undefined) return this.write(object, expected);
    if (this.isTrying) return { kind: 'unreachable', reason: trouble };
    this.isTrying = true;
    try {
      return await this.write(object, expected, isUnreachable ? shortly : undefined);
    } finally {
      this.isTrying = false;
    }
  }

  private async write(
    object: IstioObject,
    { resourceVersion }: ExpectedVersion,
    within?: Duration,
  ): Promise<ApplyOutcome> {
    const uid = this.cache.find(object.kind, object.metadata)?.uid ?? noUid;
    const expected = resourceVersion === undefined ? undefined : { resourceVersion, uid };
    const written = await applyObject(this.session, object, expected, within);
    const { outcome } = written;
    this.unanswered =
      'lost' in written && written.lost && outcome.kind === 'unreachable'
        ? outcome.reason
        : undefined;
    if (this.unanswered !== undefined) this.doubt(this.unanswered);
    else if ('answer' in written) this.cache.putAnswer(object.kind, written.answer);
    else if (outcome.kind === 'conflict') await this.lookAgain(object, within);
    return outcome;
  }

  /**
   * Whoever wrote first should be in the cache by now. But a watch can be dead
   * and not show it, and then every further write would be a conflict too.
   */
  private async lookAgain({ kind, metadata }: IstioObject, within?: Duration): Promise<void> {
    const before = this.cache.find(kind, metadata);
    const seen = this.cache.seenOf(kind);
    try {
      const found = await readObject(this.session, kind, metadata, within);
      const hadNews = this.cache.find(kind, metadata) !== before;
      if (hadNews || isSame(before, found)) return;
      if (found === undefined) this.cache.forgetGone(kind, metadata);
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
