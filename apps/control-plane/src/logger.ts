import type { Logger } from '@spillway/application';
import { pino } from 'pino';
import type { Config } from './config/load-config.js';

/** Structured lines on standard error: standard output belongs to what people asked for. */
export const createLogger = ({ logLevel, role }: Pick<Config, 'logLevel' | 'role'>): Logger =>
  pino({ level: logLevel, base: { role } }, pino.destination({ fd: 2, sync: true }));
