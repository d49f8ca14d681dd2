/** Posts, acts and refusals in the words the person at the terminal reads. */
import type { Post } from '../../../shared/branch/people/people.state.ts';
import type { PublicCounter } from '../../../shared/public/public-floor.ts';
import { minutes } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { terminalTexts } from '../../i18n/terminal.ts';
import { lookup, useTexts } from '../../i18n/texts.ts';
import type { Problem } from '../../live/api.ts';
import type { Act } from './acts.ts';

export interface Words {
  post(post: Post): string;
  /** `moves`: the person is here already. */
  act(act: Act, moves: boolean): string;
  refusal(problem: Problem): string;
}

export function useWords(counters: readonly PublicCounter[]): Words {
  const t = useTexts(terminalTexts);
  const language = useLanguage();
  const post = ({ kind, counterId }: Post): string => {
    const number = counters.find(({ id }) => id === counterId)?.number;
    return number === undefined ? t(`post.${kind}`) : t('post.counterN', { n: number });
  };
  return {
    post,
    act: (act, moves) => (act.do === 'take' ? t(moves ? 'do.move' : 'do.take', { post: post(act.post) }) : t(`do.${act.do}`)),
    refusal: ({ code, params, retryAfterMs }) =>
      lookup(terminalTexts, `refused.${code}`, { ...params, minutes: minutes(retryAfterMs ?? 60_000) }, language) ??
      t('refused.other', { code }),
  };
}
