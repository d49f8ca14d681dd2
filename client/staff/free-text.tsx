import { useEffect, useState } from 'react';
import { api } from './session.ts';

/** A reason somebody wrote: kept outside the log, fetched when a person looks at it. */
export function FreeText({ branchId, refId }: { branchId: string; refId: string }) {
  const [text, setText] = useState<string>();
  useEffect(() => {
    let here = true;
    void api
      .get<{ value: { text?: string } }>(`/api/branches/${encodeURIComponent(branchId)}/texts/${encodeURIComponent(refId)}`)
      .then((answer) => {
        if (here && answer.ok) setText(answer.value.value.text ?? '');
      });
    return () => {
      here = false;
    };
  }, [branchId, refId]);
  return <q className="free-text">{text ?? '…'}</q>;
}
