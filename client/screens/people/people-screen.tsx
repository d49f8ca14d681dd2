/** People of a branch: who is here now, the rota, the staff, one's own day. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commonTexts } from '../../i18n/common.ts';
import { peopleTexts } from '../../i18n/people.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useFloor, useLink } from '../../live/live.ts';
import { useStaffActing } from '../../staff/acting.ts';
import { type StaffLive, useStaffBranch } from '../../staff/branch.ts';
import { ChooseBranch } from '../../staff/cases/choose-branch.tsx';
import { useBranchesSeen } from '../../staff/branches-seen.ts';
import { StaffMenu } from '../../staff/menu.tsx';
import { type PeopleSearch, type PeopleView, peopleViews } from '../../staff/people/people-search.ts';
import { type Session, useSession } from '../../staff/session.ts';
import { Button } from '../../ui/button.tsx';
import { WallClock } from '../../ui/clock.tsx';
import { ConnectionBadge } from '../../ui/connection-badge.tsx';
import { MyDay } from './my-day.tsx';
import { NowPanel } from './now-panel.tsx';
import { PersonSheet } from './person-sheet.tsx';
import { RotaPanel } from './rota-panel.tsx';
import { StaffPanel } from './staff-panel.tsx';
import { starterPeople } from './starter.ts';
import '../../staff/people/people.css';
import './people-screen.css';

const route = getRouteApi('/people');

/** Those who work in the branch have a day of their own; those who lead it or look after it see everybody's. */
function viewsOf({ role }: Session): readonly PeopleView[] {
  if (role === 'teller' || role === 'guard') return ['me'];
  return role === 'manager' || role === 'head' ? peopleViews : peopleViews.filter((view) => view !== 'me');
}

export function PeopleScreen() {
  const session = useSession();
  const search = route.useSearch();
  const branches = useBranchesSeen();
  const branchId = search.branch ?? branches?.[0]?.id;
  if (session === null || session === undefined) return null;
  if (branchId === undefined) return <main className="centred">{branches === undefined ? null : <StaffMenu />}</main>;
  return <OfBranch key={branchId} branchId={branchId} session={session} search={search} />;
}

function OfBranch({ branchId, session, search }: { branchId: string; session: Session; search: PeopleSearch }) {
  const t = useTexts(peopleTexts);
  const common = useTexts(commonTexts);
  const navigate = useNavigate();
  const live = useStaffBranch(branchId);
  const link = useLink(live);
  const zone = useFloor(live, (state) => state?.config?.hours.timeZone);
  const known = useFloor(live, (state) => state?.config !== undefined);
  const planned = useFloor(live, (state) => state?.config?.people !== undefined);
  const views = viewsOf(session);
  const view = views.find((one) => one === search.view) ?? views[0] ?? 'me';
  const set = (change: PeopleSearch): void => void navigate({ to: '/people', search: { ...search, ...change }, replace: true });
  const close = (): void => {
    const { person: _closed, ...rest } = search;
    void navigate({ to: '/people', search: rest, replace: true });
  };
  return (
    <main className="people-screen" data-view={view} data-link={link.state} data-stale={link.state === 'stale'}>
      <header className="strip people-strip">
        <StaffMenu branchId={branchId} />
        <div className="strip-name">
          <h1>{t(views.length === 1 ? 'view.me' : 'title')}</h1>
        </div>
        <ChooseBranch branchId={branchId} onChoose={(branch) => void navigate({ to: '/people', search: { view, branch } })} />
        {views.length === 1 ? null : (
          <nav className="segmented people-views" aria-label={t('views')}>
            {views.map((one) => (
              <button key={one} type="button" data-view={one} aria-pressed={one === view} onClick={() => set({ view: one })}>
                {t(`view.${one}`)}
              </button>
            ))}
          </nav>
        )}
        <ConnectionBadge link={link} zone={zone} />
        <WallClock clock={live.clock} zone={zone} seconds={false} className="people-clock" />
      </header>
      <div className="people-body dimmable">
        {!known && link.state === 'connecting' ? (
          <p className="people-none muted">{`${common('link.connecting')}…`}</p>
        ) : !known ? (
          <NotConfigured configures={session.role === 'admin' || session.role === 'head'} />
        ) : (
          <>
            {!planned && view !== 'staff' ? <NoPlan live={live} own={view === 'me'} /> : null}
            {view === 'now' ? <NowPanel live={live} onPerson={(person) => set({ person })} /> : null}
            {view === 'rota' && planned ? <RotaPanel live={live} date={search.week} onWeek={(week) => set({ week })} /> : null}
            {view === 'staff' ? <StaffPanel live={live} /> : null}
            {view === 'me' ? <MyDay live={live} me={session.staffId} /> : null}
          </>
        )}
      </div>
      {known && search.person !== undefined && views.includes('now') ? (
        <PersonSheet key={search.person} live={live} staffId={search.person} onClose={close} />
      ) : null}
    </main>
  );
}

/** A branch nobody has set up: nothing of people can be known before. */
function NotConfigured({ configures }: { configures: boolean }) {
  const t = useTexts(peopleTexts);
  return (
    <section className="panel people-empty">
      <h2>{t('notConfigured')}</h2>
      <p className="muted">{t(configures ? 'notConfigured.what' : 'notConfigured.ask')}</p>
      {configures ? (
        <Link className="button b-primary" to="/settings">
          {t('notConfigured.go')}
        </Link>
      ) : null}
    </section>
  );
}

/** A branch without a people section: what it is, and how to begin. */
function NoPlan({ live, own }: { live: StaffLive; own: boolean }) {
  const t = useTexts(peopleTexts);
  const { send, may } = useStaffActing(live);
  const [begun, setBegun] = useState(false);
  if (own || begun) return null;
  const people = starterPeople();
  return (
    <section className="panel people-empty">
      <h2>{t('noPlan.title')}</h2>
      <p>{t('noPlan.what')}</p>
      {may({ type: 'branch.configure', config: { people } }) ? (
        <>
          <p className="muted">{t('noPlan.begin')}</p>
          <Button
            variant="primary"
            data-do="begin"
            onPress={async () => {
              if ((await send({ type: 'branch.configure', config: { people } })).ok) setBegun(true);
            }}
          >
            {t('noPlan.go')}
          </Button>
        </>
      ) : (
        <p className="muted">{t('noPlan.ask')}</p>
      )}
    </section>
  );
}
