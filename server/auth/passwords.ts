/** argon2id with the library's defaults (19 MiB, two passes): about 20 ms off the main thread. */
import { Algorithm, hash, verify } from '@node-rs/argon2';

// The enum is a const one; its value is fixed by the PHC string format (`$argon2id$`).
const argon2id: Algorithm = 2;

export const hashPassword = (password: string): Promise<string> => hash(password, { algorithm: argon2id });

/** Never throws: a damaged hash matches nothing. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password).catch(() => false);
