import { useEffect, useRef, useState } from 'react';

/** Seconds before the end during which the visitor is asked. */
const ASK_S = 10;

/**
 * Calls `onIdle` after `seconds` without a touch or a key; undefined = never. Answers the seconds left once the visitor
 * should be asked, else undefined.
 */
export function useIdle(seconds: number | undefined, onIdle: () => void): number | undefined {
  const [left, setLeft] = useState<number>();
  const end = useRef(onIdle);
  end.current = onIdle;
  useEffect(() => {
    setLeft(undefined);
    if (seconds === undefined) return;
    let rest = seconds;
    const touched = (): void => {
      rest = seconds;
      setLeft(undefined);
    };
    const timer = setInterval(() => {
      rest -= 1;
      if (rest <= 0) end.current();
      else if (rest <= ASK_S) setLeft(rest);
    }, 1_000);
    window.addEventListener('pointerdown', touched);
    window.addEventListener('keydown', touched);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pointerdown', touched);
      window.removeEventListener('keydown', touched);
    };
  }, [seconds]);
  return left;
}
