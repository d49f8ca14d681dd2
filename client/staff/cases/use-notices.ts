import { useEffect } from 'react';
import type { BranchState } from '../../../shared/branch/branch.state.ts';
import { casesTexts } from '../../i18n/cases.ts';
import { translator } from '../../i18n/texts.ts';
import { toast } from '../../ui/toast.tsx';
import { firstPicture, type StaffLive } from '../branch.ts';
import { knownName } from '../known-names.ts';
import { currentSession } from '../session.ts';
import { sound } from './alerts.ts';
import { caseText } from './case-texts.ts';
import { ruledTitle } from './case-words.tsx';
import { type Notice, noticesOf, roleAt } from './notices.ts';

/** More at once are told as a number: the list says which. */
const MOST_TOASTS = 2;

/** Told by the banner, which stays: a toast beside it would only hide the screen. */
const onBanner = ({ kind }: Notice): boolean => kind === 'emergency';

async function tell(live: StaffLive, state: BranchState, { kind, one }: Notice): Promise<void> {
  const own = ruledTitle(state, one, 'zh') === '' && one.subjectRef !== undefined ? await caseText(live.branchId, one.subjectRef) : '';
  const who = kind === 'taken' ? one.ownerId : kind === 'declined' ? '' : one.loggedBy;
  toast('done', (of) =>
    translator(casesTexts, of)(`notice.${kind}`, {
      no: one.no,
      title: own === '' ? ruledTitle(state, one, of) : own,
      name: knownName(who),
      level: translator(casesTexts, of)(`who.${roleAt(one.level)}`),
    }),
  );
}

/** Up to where each branch's cases have been told of. */
const toldUpTo = new WeakMap<StaffLive, BranchState>();

function tellSince(live: StaffLive): void {
  const session = currentSession();
  const after = live.store.getState().floor;
  const before = toldUpTo.get(live) ?? firstPicture(live);
  if (before === undefined || after === undefined || session === null || session === undefined) return;
  toldUpTo.set(live, after);
  const notices = noticesOf(before, after, { id: session.staffId, role: session.role });
  if (notices.length === 0) return;
  // A drill is announced too: that it reaches everyone is what is drilled.
  sound(notices.some(({ kind }) => kind === 'emergency') ? 'emergency' : 'notice');
  const told = notices.filter((notice) => !onBanner(notice));
  if (told.length > MOST_TOASTS) toast('done', (of) => translator(casesTexts, of)('notice.many', { n: told.length }));
  else for (const notice of told) void tell(live, after, notice);
}

/** Toasts and sounds for what happens to cases of this branch since the page began to watch it; the first picture tells nothing. */
export function useNotices(live: StaffLive): void {
  useEffect(() => {
    // This part of the page may have come later than the floor.
    tellSince(live);
    return live.store.subscribe(() => tellSince(live));
  }, [live]);
}
