/** Contacts as everybody but the one who asked for them sees them: enough to know whom one speaks of. */
export interface Contact {
  readonly name?: string;
  readonly phone?: string;
}

/** `王**`, whatever the length. */
const maskName = (name: string): string => `${[...name][0] ?? ''}**`;

/** `138****5678`; of a short number only the end. */
function maskPhone(phone: string): string {
  const digits = [...phone];
  return digits.length >= 11 ? `${digits.slice(0, 3).join('')}****${digits.slice(-4).join('')}` : `****${digits.slice(-2).join('')}`;
}

export const maskContact = ({ name, phone }: Contact): Contact => ({
  ...(name === undefined ? {} : { name: maskName(name) }),
  ...(phone === undefined ? {} : { phone: maskPhone(phone) }),
});
