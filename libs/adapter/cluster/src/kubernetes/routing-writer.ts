import type { ApplyOutcome } from '@spillway/application';
import type { IstioKind, IstioObject } from '@spillway/domain-istio';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { applyObject, noUid } from './apply-object.js';
import { ApiRefusal, describeFailure } from './failure.js';
import { pluralOf } from './istio-api.js';
import { readObject } from './read-object.js';
import type { Held, RoutingCache } from './routing-cache.js';

/** A watch tells of a change within milliseconds; one that has said nothing for so long may be dead. */
const moment = 2_000;

/** Writes objects to one API server, and brings the cache up to what it answers. */
export class RoutingWriter {
  constructor(
    private readonly session: ApiSession,
    private readonly cache: RoutingCache,
    /** Told why the watches should not be trusted any more. */
    private readonly doubt: (reason: string) => void,
  ) {}

  async apply(
    object: IstioObject,
    { resourceVersion }: { readonly resourceVersion?: string },
  ): Promise<ApplyOutcome> {
    const uid = this.cache.find(object.kind, object.metadata)?.uid ?? noUid;
    const expected = resourceVersion === undefined ? undefined : { resourceVersion, uid };
    const written = await applyObject(this.session, object, expected);
    if ('answer' in written) this.cache.putAnswer(object.kind, written.answer);
    else if (written.outcome.kind === 'conflict') await this.lookAgain(object);
    else if (written.lost && written.outcome.kind === 'unreachable') {
      this.doubt(written.outcome.reason);
    }
    return written.outcome;
  }

  /**
   * Whoever wrote first should be in the cache by now. But a watch can be dead
   * and not show it, and then every further write would be a conflict too.
   */
  private async lookAgain({ kind, metadata }: IstioObject): Promise<void> {
    const before = this.cache.find(kind, metadata);
    const seen = this.cache.seenOf(kind);
    try {
      const found = await readObject(this.session, kind, metadata);
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
