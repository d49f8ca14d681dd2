/** argon2id, the library's defaults (19 MiB, two passes): about 20 ms, off the main thread. */
import { hash, verify } from '@node-rs/argon2';

export const hashPassword = (password: string): Promise<string> => hash(password);

/** Never throws: a damaged hash matches nothing. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password).catch(() => false);
