/** A branch with machines on a hub of its own, its time moved by the test; killed and started again on the same file. */
import type { Actor } from '../../shared/aggregate.ts';
import type { StoredBranchEvent } from '../../shared/branch/branch.events.ts';
import type { BranchState } from '../../shared/branch/branch.state.ts';
import type { Machine } from '../../shared/branch/machines/machine.state.ts';
import { testConfig } from '../../shared/branch/testing/scenario.ts';
import type { BranchCommand, MachineReport } from '../../shared/contract/commands.ts';
import type { BranchConfig } from '../../shared/contract/config.ts';
import { defaultMachinePolicy } from '../../shared/contract/default-cases.ts';
import type { MachineConfig, MachinePolicy } from '../../shared/contract/machines.ts';
import { aggregates } from '../hub/aggregates.ts';
import { type Running, Site, startOfTime } from '../hub/hub.fixture.ts';
import type { BankShape, BranchShape } from '../hub/hub.types.ts';
import { systemIds } from '../platform/ids.ts';
import { createMachines, type Machines } from './machines.ts';

export const staff = (id: string, role: Actor['role']): Actor => ({ id, kind: 'staff', role, branches: '*' });
const gateway: Actor = { id: 'device:hq-gateway', kind: 'device', role: 'machine', branches: ['hq'] };

interface Wanted {
  readonly policy?: Partial<MachinePolicy>;
  readonly config?: Partial<BranchConfig>;
  readonly speed?: number;
}

export const atm = (id: string, more: Partial<MachineConfig> = {}): MachineConfig => ({
  id,
  kind: 'atm',
  name: { zh: id, en: id },
  services: [],
  ...more,
});

export class MachineSite {
  readonly site = new Site();
  running!: Running<BranchShape, BankShape>;
  machines!: Machines;
  private reports = 0;

  static async open({ policy = {}, config = {}, speed = 1 }: Wanted = {}): Promise<MachineSite> {
    const here = new MachineSite();
    await here.boot(speed);
    const create = { type: 'branch.create', branchId: 'hq', kind: 'branch', name: { zh: '支行', en: 'Branch' } } as const;
    const made = await here.running.hub.executeBank(create, { actor: staff('admin', 'admin'), commandId: systemIds.newId(), body: create });
    if (!made.ok) throw new Error(made.message);
    const machines = [atm('m1'), atm('m2'), atm('m3')];
    await here.send({
      type: 'branch.configure',
      config: { ...testConfig(), machines, machinePolicy: { ...defaultMachinePolicy, ...policy }, ...config },
    });
    return here;
  }

  async boot(speed = 1): Promise<void> {
    this.running = await this.site.boot<BranchShape, BankShape>(aggregates, { speed });
    const { hub, clock, store, log } = this.running;
    this.machines = createMachines({ hub, clock, ids: systemIds, meta: store.meta, scheduler: this.site.machine.scheduler, log });
    await hub.start();
    await this.machines.start();
  }

  /** As the power goes: timers and memory are gone, the file is as it is; then nothing runs for `ms`. */
  kill(ms: number): void {
    this.site.crash();
    this.site.machine.off(ms);
  }

  /** Asked to stop, and not started again. */
  async stop(): Promise<void> {
    this.machines.stop();
    await this.running.hub.stop();
    this.kill(0);
  }

  clear(): void {
    this.machines.stop();
    this.site.clear();
  }

  pass(ms: number): Promise<void> {
    return this.site.machine.pass(ms);
  }

  /** Undefined when a rule refused it. */
  async tried(command: BranchCommand, actor = staff('admin', 'admin')): Promise<Readonly<Record<string, unknown>> | undefined> {
    const outcome = await this.running.hub.execute('hq', command, { actor, commandId: systemIds.newId(), body: command });
    if (!outcome.ok && outcome.status !== 409) throw new Error(`${outcome.code} ${outcome.message}`);
    return outcome.ok ? (outcome.result ?? {}) : undefined;
  }

  async send(command: BranchCommand, actor = staff('admin', 'admin')): Promise<Readonly<Record<string, unknown>>> {
    const result = await this.tried(command, actor);
    if (result === undefined) throw new Error(`${command.type} was refused`);
    return result;
  }

  hear(machineId = 'm1', status: MachineReport['status'] = { device: 'online' }, at = ++this.reports) {
    return this.machines.hear(gateway, 'hq', machineId, [{ at, status }]);
  }

  get state(): BranchState {
    const state = this.running.hub.state('hq');
    if (state === undefined) throw new Error('there is no branch');
    return state;
  }

  machine(id = 'm1'): Machine {
    const machine = this.state.machines[id];
    if (machine === undefined) throw new Error(`there is no machine ${id}`);
    return machine;
  }

  /** Since the first start, hub time. */
  get elapsed(): number {
    return this.running.clock.now() - startOfTime;
  }

  get events(): StoredBranchEvent[] {
    return this.running.hub.eventsAfter('hq', 0, 100_000);
  }
}
