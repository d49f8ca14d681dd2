/** A machine that would do it sooner: asked of the hub, offered to the customer, never imposed and never to the elderly. */
import { useEffect, useState } from 'react';
import type { Api } from '../../live/api.ts';
import type { Need } from './issue.ts';

export interface MachineOffer {
  readonly name: { readonly zh: string; readonly en: string };
  readonly place?: { readonly zh: string; readonly en: string };
  /** How much sooner than at a counter, about. */
  readonly savesMs: number;
}

const isElderly = (need: Need | undefined): boolean => need === 'elderly' || need === 'over80';

/** Undefined until the hub has answered, where no machine is quicker, and for whom none is offered. */
export function useOffer(
  { api, branchId }: { readonly api: Api; readonly branchId: string },
  serviceId: string,
  need: Need | undefined,
  elder: boolean,
): MachineOffer | undefined {
  const [offer, setOffer] = useState<MachineOffer>();
  const never = elder || isElderly(need);
  useEffect(() => {
    setOffer(undefined);
    if (never) return;
    let here = true;
    const wish = new URLSearchParams({ serviceId, ...(need && { segment: need }) });
    void api.get<{ machine?: MachineOffer }>(`/api/branches/${branchId}/offer?${wish}`).then((answer) => {
      if (here && answer.ok) setOffer(answer.value.machine);
    });
    return () => {
      here = false;
    };
  }, [api, branchId, serviceId, need, never]);
  return never ? undefined : offer;
}
