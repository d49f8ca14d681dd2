/** Contacts as everybody but the one who asked for them sees them: enough to know whom one speaks of. */
export interface Contact {
  readonly name?: string;
  readonly phone?: string;
}

/** `王**`, whatever the length. */
const maskName = (name: string): string => `${String.fromCodePoint(name.codePointAt(0) ?? 0x2a)}**`;

/** `138****5678`; of a short number only the end. */
const maskPhone = (phone: string): string => (phone.length >= 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`);

export const maskContact = ({ name, phone }: Contact): Contact => ({
  ...(name === undefined ? {} : { name: maskName(name) }),
  ...(phone === undefined ? {} : { phone: maskPhone(phone) }),
});
