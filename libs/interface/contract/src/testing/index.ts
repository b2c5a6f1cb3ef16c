export { InMemoryUseCases } from './in-memory-use-cases.js';
