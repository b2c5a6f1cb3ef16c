/** The bench migrates by itself, so that no process has that in its start. */
export { migrate } from '@spillway/testing/postgres';
