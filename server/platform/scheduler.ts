/** Later, in real time. Injected so that tests decide when later is. */
export interface Scheduler {
  /** Runs `work` once after `ms` real ms (at most 24 days). Returns how to cancel it. */
  after(ms: number, work: () => void): () => void;
}

export const systemScheduler: Scheduler = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
