/** The demo's complaints, suggestions and machine faults, handled by the virtual staff of hq-01. */
import { HubClient, type HubRefusal } from '../client/hub-client.ts';
import { HubTime } from '../client/hub-time.ts';
import { type Cast, DEMO_PASSWORD, hq01 } from '../people/cast.ts';
import { CaseDesk, type OpenCase } from '../people/case-desk.ts';
import { logCases } from '../people/case-loggers.ts';
import { seededRandom } from '../random.ts';
import type { DemoWorld } from './play.ts';

const TELLERS_WHO_LOG = 6;

/** Until the signal. Cases that a visitor logs are left to visitors. */
export async function playCases({ baseUrl, options, signal, log }: DemoWorld, cast: Cast = hq01): Promise<void> {
  const { seed, speed } = options;
  const { branchId } = cast;
  const client = (username: string) =>
    new HubClient({ baseUrl, credentials: { username, password: DEMO_PASSWORD }, signal, retryForMs: 120_000 });
  const tellers = cast.seats.slice(0, TELLERS_WHO_LOG).map(({ staffId }) => client(staffId));
  const leads = ['manager', 'head', 'region'].map((staffId) => ({ staffId, client: client(staffId) }));
  const manager = client('manager');
  /** What was logged here, and what it came from. */
  const logged = new Map<string, string | undefined>();
  const isOurs = ({ id, kind }: OpenCase) => kind === 'machineFault' || logged.has(id);
  const causeOf = (caseId: string) => logged.get(caseId);
  const onRefused = (refusal: HubRefusal) => {
    if (refusal.status >= 500) log(`${branchId}: ${refusal.message}`);
  };
  const common = { branchId, time: new HubTime(speed), stop: signal, onRefused };
  try {
    await Promise.all([
      logCases({
        ...common,
        tellers,
        manager,
        random: seededRandom(seed, branchId, 'cases'),
        onLogged: (caseId, cause) => logged.set(caseId, cause),
      }),
      ...leads.map((lead) =>
        new CaseDesk({ ...common, ...lead, random: seededRandom(seed, branchId, 'desk', lead.staffId), isOurs, causeOf }).run(),
      ),
    ]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const one of [...tellers, manager, ...leads.map((lead) => lead.client)]) one.close();
  }
}
