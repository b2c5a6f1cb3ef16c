export { FakeIo, type FakeOptions } from './fake-io.js';
