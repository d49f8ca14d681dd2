/** The link on a customer's slip: it names one ticket and proves itself, so nothing is stored for it. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const MAC_BYTES = 16;

export interface FollowLinks {
  token(branchId: string, ticketId: string): string;
  /** Undefined for anything the hub did not make. */
  read(token: string): { branchId: string; ticketId: string } | undefined;
}

export function followLinks(key: Buffer): FollowLinks {
  const mac = (subject: string): Buffer => createHmac('sha256', key).update(subject).digest().subarray(0, MAC_BYTES);
  return {
    token: (branchId, ticketId) => `${branchId}.${ticketId}.${mac(`${branchId}.${ticketId}`).toString('base64url')}`,
    read(token) {
      const [branchId, ticketId, proof, ...rest] = token.split('.');
      if (branchId === undefined || ticketId === undefined || proof === undefined || rest.length > 0) return undefined;
      const given = Buffer.from(proof, 'base64url');
      return given.length === MAC_BYTES && timingSafeEqual(given, mac(`${branchId}.${ticketId}`)) ? { branchId, ticketId } : undefined;
    },
  };
}
