/** Given / when / then for machines: a small fleet, what it tells, and the watch over its silence as the server keeps it. */
import type { Actor } from '../../aggregate.ts';
import type { MachineReport } from '../../contract/commands.ts';
import type { BranchConfig } from '../../contract/config.ts';
import { defaultMachinePolicy } from '../../contract/default-cases.ts';
import type { FaultCode, MachineConfig, MachineStatus } from '../../contract/machines.ts';
import type { Case } from '../cases/case.state.ts';
import type { Machine } from '../machines/machine.state.ts';
import { machinePolicy } from '../machines/registry.ts';
import { Scenario, clock } from './scenario.ts';

export const gateway: Actor = { id: 'device:gateway', kind: 'device', role: 'machine', branches: ['hq'] };

const machine = (id: string, kind: MachineConfig['kind'], services: MachineConfig['services'], more: Partial<MachineConfig> = {}) => ({
  id,
  kind,
  name: { zh: id, en: id },
  services,
  ...more,
});

const cash: MachineConfig['services'] = [{ serviceId: 'withdrawal', upToFen: 2_000_000 }, { serviceId: 'balance' }];

/** m1 an ATM, m2 a recycler, m3 a passbook printer, m4 an ATM in a mall from seven to eleven at night. */
export const fleet: MachineConfig[] = [
  machine('m1', 'atm', cash, { inService: 'always' }),
  machine('m2', 'recycler', [...cash, { serviceId: 'deposit' }], { typicalMs: 90_000 }),
  machine('m3', 'passbookPrinter', [{ serviceId: 'balance' }]),
  machine('m4', 'atm', cash, { offSite: true, inService: { from: '07:00', until: '23:00' } }),
];

export class FleetScenario extends Scenario {
  private readonly heard = new Map<string, number>();
  private clockOfMachines = 0;

  static start(change: (config: BranchConfig) => BranchConfig = (config) => config): FleetScenario {
    const s = new FleetScenario();
    const machinePolicy = { ...defaultMachinePolicy, silentAfterMs: 30_000 };
    const { state, log } = Scenario.open({}, (config) => change({ ...config, machines: fleet, machinePolicy }));
    s.state = state;
    s.log.push(...log);
    return s;
  }

  /** A report as the machine sends it; each with a later clock of its own. Answers how many events came of it. */
  hear(machineId: string, ...told: MachineStatus[]): number {
    return this.hearReports(
      machineId,
      told.map((status) => ({ at: (this.clockOfMachines += 1), status })),
    );
  }

  hearReports(machineId: string, reports: readonly MachineReport[]): number {
    const before = this.log.length;
    this.heard.set(machineId, this.now);
    this.do({ type: 'machine.hear', machineId, reports }, gateway);
    return this.log.length - before;
  }

  /** Nothing is heard of anyone for so long: the watch says so of each, the hub ticks when something is due. */
  silence(ms: number): this {
    const until = this.now + ms;
    for (;;) {
      const next = [...this.heard].toSorted((a, b) => a[1] - b[1])[0];
      const at = next === undefined ? until + 1 : next[1] + machinePolicy(this.state).silentAfterMs;
      if (next === undefined || at > until) break;
      this.pass(Math.max(0, at - this.now));
      this.heard.delete(next[0]);
      this.do({ type: 'machine.lose', machineId: next[0], lastHeardAt: next[1] }, clock);
    }
    return this.pass(until - this.now);
  }

  machine(id: string): Machine {
    const found = this.state.machines[id];
    if (found === undefined) throw new Error(`no machine ${id}`);
    return found;
  }

  codes(id: string): FaultCode[] {
    return this.machine(id).faults.map(({ code }) => code);
  }

  faultCases(machineId: string): Case[] {
    return [...this.state.cases.values()].filter((one) => one.kind === 'machineFault' && one.machineId === machineId);
  }

  openFaults(machineId: string): (FaultCode | undefined)[] {
    return this.faultCases(machineId)
      .filter(({ state }) => state !== 'closed' && state !== 'withdrawn')
      .map(({ fault }) => fault);
  }

  attentionOf(kind: string): string[] {
    return Object.values(this.state.attention)
      .filter((item) => item.kind === kind)
      .map(({ machineId }) => machineId ?? '');
  }
}
