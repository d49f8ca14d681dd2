import { StateShape, type StateName } from './state-shape.tsx';

/** Colour, shape and word together. `children` follow the word (a clock). */
export function StateBadge({ state, word, children }: { state: StateName; word: string; children?: React.ReactNode }) {
  return (
    <span className={`badge s-${state}`}>
      <StateShape state={state} />
      <span className="badge-word">{word}</span>
      {children}
    </span>
  );
}
