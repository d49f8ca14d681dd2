/** What Prometheus may know of the hub. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface HubMetrics {
  readonly commands: Counter<'type' | 'outcome'>;
  readonly batchSize: Histogram;
  readonly commitSeconds: Histogram;
  readonly queue: Gauge;
  readonly events: Counter;
  readonly tickLateSeconds: Histogram;
}

export interface Metrics {
  readonly registry: Registry;
  readonly hub: HubMetrics;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    hub: {
      commands: new Counter({
        name: 'counterflow_commands_total',
        help: 'Commands by type and outcome',
        labelNames: ['type', 'outcome'],
        registers,
      }),
      batchSize: new Histogram({
        name: 'counterflow_commit_batch_size',
        help: 'Commands that shared one commit',
        buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
        registers,
      }),
      commitSeconds: new Histogram({
        name: 'counterflow_commit_seconds',
        help: 'Time of one durable commit',
        buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
        registers,
      }),
      queue: new Gauge({ name: 'counterflow_command_queue', help: 'Commands waiting to be decided', registers }),
      events: new Counter({ name: 'counterflow_events_total', help: 'Events committed', registers }),
      tickLateSeconds: new Histogram({
        name: 'counterflow_tick_late_seconds',
        help: 'How late a due instant was judged, real time',
        buckets: [0.005, 0.02, 0.1, 0.5, 1, 5, 60],
        registers,
      }),
    },
  };
}
