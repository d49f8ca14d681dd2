/** The kinds of file a case may hold, told by how they begin: what a sender says of a file is not believed. */
export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Bytes needed to tell. */
export const TELLING_BYTES = 12;

const beginsWith = (head: Buffer, text: string, at = 0): boolean => head.subarray(at, at + text.length).toString('latin1') === text;

/** Undefined for everything else. */
export function mediaTypeOf(head: Buffer): MediaType | undefined {
  if (beginsWith(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (beginsWith(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (beginsWith(head, 'RIFF') && beginsWith(head, 'WEBP', 8)) return 'image/webp';
  if (beginsWith(head, '%PDF-')) return 'application/pdf';
  return undefined;
}
