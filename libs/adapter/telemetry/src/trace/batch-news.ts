import type { Logger } from '@spillway/application';

/** One line when the collector stops taking spans, and one when it takes them again. */
export function batchNews(logger: Logger, collector: string): (lost: Error | undefined) => void {
  let isLosing = false;
  return (lost) => {
    if ((lost !== undefined) === isLosing) return;
    isLosing = lost !== undefined;
    if (lost === undefined) logger.info({ collector }, 'spans reach the collector again');
    else
      logger.warn(
        { collector, reason: lost.message },
        'spans are lost: the collector does not take them',
      );
  };
}
