import { Worker } from 'node:worker_threads';
import type { Result, Work } from './work.js';

interface Task {
  readonly work: Work;
  readonly resolve: (result: Result) => void;
}

interface Answer {
  readonly id: number;
  readonly result: Result;
}

/** Workers that take one piece of work after another. What they find does not depend on who did it. */
export class Crew {
  private readonly waiting: number[] = [];
  private readonly tasks: Task[] = [];
  private readonly idle: Worker[] = [];
  private readonly workers: readonly Worker[];
  private failed: (error: unknown) => void = () => undefined;
  /** Rejects when a worker breaks down. */
  readonly broken = new Promise<never>((_, reject) => (this.failed = reject));

  constructor(size: number, seed: number) {
    const file = new URL('./worker/main.js', import.meta.url);
    this.workers = Array.from({ length: size }, () =>
      this.hired(new Worker(file, { workerData: { seed } })),
    );
    this.idle.push(...this.workers);
  }

  do(work: Work): Promise<Result> {
    return new Promise((resolve) => {
      this.waiting.push(this.tasks.push({ work, resolve }) - 1);
      this.handOut();
    });
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private hired(worker: Worker): Worker {
    worker.on('error', this.failed);
    worker.on('message', ({ id, result }: Answer) => {
      this.idle.push(worker);
      this.handOut();
      this.tasks[id]?.resolve(result);
    });
    return worker;
  }

  private handOut(): void {
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const id = this.waiting.shift() ?? 0;
      const work = this.tasks[id]?.work;
      this.idle.shift()?.postMessage({ id, work });
    }
  }
}
