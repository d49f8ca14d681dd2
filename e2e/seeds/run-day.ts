/** One seed, one day: people at work, faults as they come, and what must hold at the end. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { branch } from '../../shared/branch/branch.ts';
import { seededRandom } from '../../simulator/random.ts';
import { BRANCH, type Bank } from './bank.ts';
import { Courier } from './courier.ts';
import { MIDNIGHT, planDay } from './day-plan.ts';
import { Follower } from './follower.ts';
import { gremlin } from './gremlin.ts';
import { brokenInvariants } from './invariants.ts';
import { Machine } from './machine.ts';
import { MINUTE, SECOND, type Scene, branchHead, crowd, lobbyManager, teller } from './people.ts';
import { World } from './world.ts';

const HOUR = 60 * MINUTE;
/** Real time: sockets are real. */
const catchUpMs = 20_000;

export interface DayReport {
  readonly seed: number;
  readonly broken: readonly string[];
  readonly events: number;
  readonly tickets: number;
  readonly summary: string;
  /** Of the processor. */
  readonly ms: number;
}

class TellerFollower extends Follower {
  readonly staffId = 'teller1';
}

/** Plays the day of a seed in `folder`, and takes the folder away again. Throws only when the run itself could not go on. */
export async function runDay(seed: number, bank: Bank, folder: string): Promise<DayReport> {
  const before = process.cpuUsage();
  const day = planDay(seed);
  const world = new World(MIDNIGHT + 8 * HOUR);
  const followers: Follower[] = [];
  const machine = new Machine(
    world,
    join(folder, `seed-${seed}`),
    seed,
    BRANCH,
    () => followers.forEach((follower) => follower.sever()),
    bank.template,
  );
  const cast = bank.cast();
  const [teller1 = cast.manager] = cast.tellers;
  try {
    await machine.start();
    const courier = new Courier(world, machine, seededRandom(seed, 'courier'), BRANCH);
    const lead = new Follower('the lobby manager’s board', machine, BRANCH, 'staff', cast.manager);
    const own = new TellerFollower('a teller’s board', machine, BRANCH, 'staff', teller1);
    const display = new Follower('the display', machine, BRANCH, 'public', cast.display);
    followers.push(lead, own, display);

    const acting = new Set<string>();
    const act = (who: string, life: (scene: Scene) => Promise<void>): void => {
      acting.add(who);
      world.spawn(async () => {
        await life({ world, machine, courier, day, random: seededRandom(seed, who) });
        acting.delete(who);
      });
    };
    const firstDate = (): boolean => machine.state()?.day?.date === '2026-11-23';

    act('admin', async () => void (await courier.send(cast.admin, { type: 'branch.configure', config: day.config })));
    await world.run(
      () => acting.size === 0,
      MIDNIGHT + 9 * HOUR,
      () => 'the branch was not configured',
    );
    for (const follower of followers) follower.connect();
    await realTime(() => followers.every((follower) => follower.at !== undefined));

    act('crowd', (scene) => crowd(scene, cast.kiosk, cast.manager));
    for (const [index, sender] of cast.tellers.entries()) act(sender.actor, (scene) => teller(scene, sender, `c${index + 1}`));
    act('manager', (scene) => lobbyManager(scene, cast.manager));
    act('head', (scene) => branchHead(scene, cast.head, cast.tellers));
    act('gremlin', (scene) => gremlin(scene, followers));
    act('night', night);
    world.spawn(() => watchOver(world, machine, followers));
    const over = (): boolean => acting.size === 0 && machine.running && !firstDate();
    await world.run(
      over,
      MIDNIGHT + 34 * HOUR,
      () => `seed ${seed}: still at it are ${[...acting].join(', ') || 'nobody'}, on ${machine.state()?.day?.date}`,
    );

    for (const follower of followers) follower.comeBack();
    const head = machine.parts().store.events.head(BRANCH).seq;
    await realTime(() => followers.every((follower) => follower.at === head));
    const broken = [
      ...brokenInvariants({ branchId: BRANCH, machine, courier, lead, teller: own, display }),
      ...(await afterStop(machine, followers)),
    ];
    const { tally } = courier;
    const kills = Object.entries(machine.kills).map(([point, times]) => `${times} ${point}`);
    const summary = `${tally.accepted} accepted, ${tally.refused} refused, ${tally.lost} unanswered, ${tally.repeated} repeated; killed ${kills.join(', ')}; ${followers.reduce((sum, { drops }) => sum + drops, 0)} drops; night ${day.night}`;
    const tickets = courier.parcels.filter(({ command, accepted }) => command.type === 'ticket.issue' && accepted !== undefined).length;
    const { user, system } = process.cpuUsage(before);
    return { seed, broken, events: head, tickets, summary, ms: (user + system) / 1000 };
  } finally {
    for (const follower of followers) follower.close();
    await machine.destroy();
  }
}

/** Lines come back when the hub does; hub time is read all day long. */
async function watchOver(world: World, machine: Machine, followers: readonly Follower[]): Promise<void> {
  for (;;) {
    await world.sleep(30 * SECOND);
    machine.hubTime();
    for (const follower of followers) follower.connect();
  }
}

async function night({ world, machine, day }: Scene): Promise<void> {
  await world.sleep(day.closesAt + 2 * HOUR - world.now);
  if (day.night === 'awake') return;
  if (day.night === 'asleep') return world.stepWall(MIDNIGHT + 24 * HOUR + 10 * MINUTE - world.now);
  await machine.up();
  await machine.stop();
  await world.sleep(day.nextMorningAt - 10 * MINUTE - world.now);
  await machine.start();
}

/** A graceful stop and a start from its snapshot change nothing. */
async function afterStop(machine: Machine, followers: readonly Follower[]): Promise<string[]> {
  const picture = (): unknown => JSON.parse(JSON.stringify(branch.freeze(machine.state() ?? branch.initial(BRANCH))));
  const before = picture();
  for (const follower of followers) follower.close();
  await machine.stop();
  await machine.start();
  return isDeepStrictEqual(picture(), before) ? [] : ['a graceful stop and start changed the branch'];
}

async function realTime(done: () => boolean): Promise<void> {
  const until = performance.now() + catchUpMs;
  while (!done() && performance.now() < until) await new Promise((next) => setTimeout(next, 2));
}
