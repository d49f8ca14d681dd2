import { useEffect, useState } from 'react';
import { branchesSeen, type BranchListed } from './home.ts';

const AGAIN_MS = 5_000;

/** The branches this person may see; undefined until the hub has answered. */
export function useBranchesSeen(): readonly BranchListed[] | undefined {
  const [branches, setBranches] = useState<readonly BranchListed[]>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const seen = await branchesSeen();
      setBranches(seen);
      // An empty answer may be a hub that could not be reached.
      if (seen.length === 0) timer = setTimeout(() => void ask(), AGAIN_MS);
    };
    void ask();
    return () => clearTimeout(timer);
  }, []);
  return branches;
}
