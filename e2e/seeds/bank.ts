/** The bank every seed begins with, made once through the public API: people, devices, one branch, everybody signed in. */
import { MIDNIGHT, TELLERS } from './day-plan.ts';
import { Machine, type Response } from './machine.ts';
import { Device, Person, type Sender, password } from './senders.ts';
import { World } from './world.ts';

export const BRANCH = 'seed-01';

/** Who acts on a day; each day has its own. */
export interface Cast {
  readonly kiosk: Sender;
  readonly display: Device;
  readonly admin: Sender;
  readonly manager: Person;
  readonly head: Sender;
  readonly tellers: readonly Person[];
}

export interface Bank {
  /** A data folder to copy. */
  readonly template: string;
  cast(): Cast;
}

let counted = 0;
const newId = (): string => {
  counted += 1;
  return `00000000-0000-4000-8000-${String(counted).padStart(12, '0')}`;
};

export async function makeBank(folder: string): Promise<Bank> {
  const world = new World(MIDNIGHT + 7 * 3_600_000);
  const machine = new Machine(world, folder, 0, BRANCH, () => undefined);
  await machine.start();

  const post = async (url: string, headers: Readonly<Record<string, string>>, body: object): Promise<Response> => {
    const response = await machine.post(url, headers, body);
    if (response === undefined || response.status !== 200)
      throw new Error(`${url} was answered ${response?.status}: ${JSON.stringify(response?.body)}`);
    return response;
  };
  await post('/api/setup', {}, { username: 'admin', password });
  const admin = new Person('admin');
  await admin.renew(machine);
  const command = async (body: object): Promise<Record<string, unknown>> => {
    const { body: answer } = await post('/api/bank/commands', admin.headers, { id: newId(), ...body });
    return (answer as { result?: Record<string, unknown> }).result ?? {};
  };
  await command({ type: 'branch.create', branchId: BRANCH, name: { zh: '种子支行', en: 'Seed branch' } });
  const device = async (deviceId: string, kind: string): Promise<string> =>
    String((await command({ type: 'device.create', deviceId, kind, branchId: BRANCH }))['token']);
  const kioskToken = await device('kiosk-1', 'kiosk');
  const displayToken = await device('display-1', 'display');
  const everybody = [
    { username: 'manager', role: 'manager' },
    { username: 'head', role: 'head' },
    ...Array.from({ length: TELLERS }, (_, index) => ({ username: `teller${index + 1}`, role: 'teller' })),
  ];
  const people = await Promise.all(
    everybody.map(async ({ username, role }) => {
      await command({ type: 'account.create', username, role, branches: [BRANCH], password, name: `Name of ${username}` });
      const person = new Person(username);
      await person.renew(machine);
      return person;
    }),
  );
  await machine.stop();
  const cast = (): Cast => {
    const [manager, head, ...tellers] = people.map((person) => person.copy());
    if (manager === undefined || head === undefined) throw new Error('nobody works here');
    return {
      kiosk: new Device('kiosk-1', kioskToken),
      display: new Device('display-1', displayToken),
      admin: admin.copy(),
      manager,
      head,
      tellers,
    };
  };
  return { template: machine.disk, cast };
}
