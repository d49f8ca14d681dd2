/** Wakes one idle teller at a time when somebody begins to wait; one who may not take the ticket passes it on. */
export class Bell {
  /** Rings so far: a teller who was refused meanwhile looks again instead of missing one. */
  rings = 0;
  private readonly waiters = new Map<string, (tried: Set<string>) => void>();

  ring(): void {
    this.rings++;
    this.pass(new Set());
  }

  /** To the one who has waited longest and was not asked yet. */
  pass(tried: Set<string>): void {
    for (const [counterId, wake] of this.waiters) {
      if (tried.has(counterId)) continue;
      tried.add(counterId);
      this.waiters.delete(counterId);
      wake(tried);
      return;
    }
  }

  /** Resolves with those asked before when the bell goes for this counter, with nothing when the signal ends the wait. */
  wait(counterId: string, signal: AbortSignal): Promise<Set<string> | undefined> {
    return new Promise((resolve) => {
      const leave = () => {
        if (this.waiters.get(counterId) === wake) this.waiters.delete(counterId);
        resolve(undefined);
      };
      const wake = (tried: Set<string>) => {
        signal.removeEventListener('abort', leave);
        resolve(tried);
      };
      if (signal.aborted) return resolve(undefined);
      this.waiters.set(counterId, wake);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
