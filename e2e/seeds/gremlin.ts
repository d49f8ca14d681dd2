/** Whatever goes wrong with machines: killed hubs, stopped hubs, dropped lines, full disks, clocks set by hand. */
import { type KillPoint, killPoints } from './machine.ts';
import { MINUTE, SECOND, type Scene } from './people.ts';
import type { Follower } from './follower.ts';

export async function gremlin(scene: Scene, followers: readonly Follower[]): Promise<void> {
  const { world, random, day } = scene;
  const from = day.opensAt - 20 * MINUTE;
  const to = day.closesAt + 80 * MINUTE;
  const faults: (() => Promise<void>)[] = [
    ...Array.from({ length: day.kills }, () => () => kill(scene)),
    ...Array.from({ length: day.restarts }, () => () => restart(scene)),
    ...Array.from({ length: day.clockSteps }, () => () => stepClock(scene)),
    ...Array.from({ length: day.drops }, () => () => drop(scene, followers)),
    ...Array.from({ length: day.fullDisks }, () => async () => scene.machine.refuseCommits(1 + Math.floor(random.between(0, 6)))),
  ];
  for (const fault of faults) {
    world.spawn(async () => {
      await world.sleep(random.between(from, to) - world.now);
      await fault();
    });
  }
}

/** Mostly back within minutes; now and then the machine needs half an hour. */
const outageMs = ({ random }: Scene): number => (random.chance(0.15) ? random.between(10, 40) * MINUTE : random.between(1, 180) * SECOND);

async function kill(scene: Scene): Promise<void> {
  const { machine, random, world } = scene;
  const point: KillPoint = killPoints[Math.floor(random.next() * killPoints.length)] ?? 'idle';
  await machine.up();
  await machine.kill(point);
  await world.sleep(outageMs(scene));
  await machine.start();
}

async function restart(scene: Scene): Promise<void> {
  const { machine, world } = scene;
  await machine.up();
  await machine.stop();
  await world.sleep(outageMs(scene));
  await machine.start();
}

async function stepClock({ world, random }: Scene): Promise<void> {
  const minutes = random.between(-40, 15);
  world.stepWall(Math.round(minutes * MINUTE));
  // Sooner or later somebody notices.
  await world.sleep(random.between(5, 120) * MINUTE);
  if (random.chance(0.6)) world.stepWall(-Math.round(minutes * MINUTE));
}

async function drop({ world, random }: Scene, followers: readonly Follower[]): Promise<void> {
  const follower = followers[Math.floor(random.next() * followers.length)];
  if (follower === undefined) return;
  follower.drop();
  // A laptop closed for an hour, or a flicker of the network.
  await world.sleep(random.chance(0.3) ? random.between(20, 120) * MINUTE : random.between(1, 120) * SECOND);
  follower.comeBack();
}
