import { describe } from '@jest/globals';
import { numberSourceAnswers } from './number-source-answers-contract.js';
import { numberSourceErrors } from './number-source-errors-contract.js';
import { numberSourceTransport } from './number-source-transport-contract.js';
import type { VendorUnderTest } from './vendor-under-test.js';

/** What every `NumberSource` over HTTP promises. */
export function numberSourceContract(vendor: VendorUnderTest): void {
  describe('what it asks and reads', () => numberSourceAnswers(vendor));
  describe('what a backend refuses', () => numberSourceErrors(vendor));
  describe('what goes wrong on the way', () => numberSourceTransport(vendor));
}
