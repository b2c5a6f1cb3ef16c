export { Collector, type ReceivedSpan } from './collector.js';
