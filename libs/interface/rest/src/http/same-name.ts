import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';

/** A document is put under its own name. */
export const sameName = (inAddress: string, inDocument: string): Result<void, Refusal> =>
  inAddress === inDocument
    ? ok(undefined)
    : refuse(
        refusal(
          'INVALID_INPUT',
          `The document is of "${inDocument}", the address of "${inAddress}".`,
          'Make them the same; a name cannot be changed.',
          'name',
        ),
      );
