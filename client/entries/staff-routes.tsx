import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { caseSearch } from '../staff/cases/case-search.ts';
import { firstSession, homeOf } from '../staff/home.ts';
import { peopleSearch } from '../staff/people/people-search.ts';
import { currentSession, type Session } from '../staff/session.ts';
import { StaffShell } from '../staff/shell.tsx';
import { Lost, Starting } from '../staff/starting.tsx';

const rootRoute = createRootRoute({
  component: StaffShell,
  pendingComponent: Starting,
  notFoundComponent: Lost,
  beforeLoad: async () => {
    if (currentSession() === undefined) await firstSession();
  },
});

function signedIn(): Session {
  const session = currentSession();
  if (session === null || session === undefined) throw redirect({ to: '/' });
  return session;
}

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const session = currentSession();
    if (session !== null && session !== undefined) throw redirect(await homeOf(session));
  },
  component: lazyRouteComponent(() => import('../screens/sign-in/sign-in-screen.tsx'), 'SignInScreen'),
});

const floor = createRoute({
  getParentRoute: () => rootRoute,
  path: '/floor/$branch',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../screens/floor/floor-screen.tsx'), 'FloorScreen'),
});

const teller = createRoute({
  getParentRoute: () => rootRoute,
  path: '/teller',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../screens/teller/teller-screen.tsx'), 'TellerScreen'),
});

const head = createRoute({
  getParentRoute: () => rootRoute,
  path: '/head',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../screens/head/head-screen.tsx'), 'HeadScreen'),
});

const cases = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases',
  beforeLoad: signedIn,
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import('../screens/cases/cases-screen.tsx'), 'CasesScreen'),
});

const oneCase = createRoute({
  getParentRoute: () => cases,
  path: '/$caseId',
  component: lazyRouteComponent(() => import('../screens/cases/case-panel.tsx'), 'CasePanel'),
});

const printedCase = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases/$caseId/print',
  beforeLoad: signedIn,
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import('../screens/cases/print-screen.tsx'), 'PrintScreen'),
});

const people = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  beforeLoad: signedIn,
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('../screens/people/people-screen.tsx'), 'PeopleScreen'),
});

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: string } => (typeof tab === 'string' ? { tab } : {}),
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../screens/settings/settings-screen.tsx'), 'SettingsScreen'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([signIn, floor, teller, head, cases.addChildren([oneCase]), printedCase, people, settings]),
  defaultPendingMs: 400,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
