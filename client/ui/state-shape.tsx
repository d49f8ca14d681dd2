/** Every state has its shape as well as its colour; drawn, so that no font can lose it. */
export type StateName = 'closed' | 'idle' | 'calling' | 'serving' | 'near' | 'over' | 'paused' | 'waiting' | 'unknown';

const shapes: Record<StateName, React.ReactNode> = {
  closed: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
  idle: <path d="M8 1.8 14.2 8 8 14.2 1.8 8Z" fill="none" stroke="currentColor" strokeWidth="2" />,
  calling: <path d="M8 1 15 8 8 15 1 8Z" fill="currentColor" />,
  serving: <circle cx="8" cy="8" r="6.5" fill="currentColor" />,
  near: <path d="M8 1.5 15.2 14H.8Z" fill="currentColor" />,
  over: <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="1.5" fill="currentColor" />,
  paused: <path d="M3.5 2h3.2v12H3.5zM9.3 2h3.2v12H9.3z" fill="currentColor" />,
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 1.42" />
      <path d="M6.4 6.6a1.7 1.7 0 1 1 2.4 1.5c-.6.3-.8.6-.8 1.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="8" cy="11.3" r="1" fill="currentColor" />
    </>
  ),
  waiting: (
    <path d="M3 2h10M3 14h10M4 2c0 4 4 4 4 6S4 10 4 14M12 2c0 4-4 4-4 6s4 2 4 6" fill="none" stroke="currentColor" strokeWidth="1.8" />
  ),
};

export function StateShape({ state, size = 14 }: { state: StateName; size?: number }) {
  return (
    <svg className="shape" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      {shapes[state]}
    </svg>
  );
}
