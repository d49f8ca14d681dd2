/** Where a device's services may be, and which of the addresses it names are gone to. */
import { type JsonObject, objectOf, own } from './envelope.ts';

export type Address =
  | { readonly uri: string; readonly allowHosts: readonly string[] }
  /** Only the host is known: the standard's ports are tried one after another. */
  | { readonly host: string; readonly tls: boolean; readonly allowHosts: readonly string[] };

const PATH = '/xfs4iot/v1.0';
const MOST_SERVICES = 32;
const LONGEST_URI = 500;
const standardPorts = Array.from({ length: 11 }, (_none, index) => 5846 + index);

/** The publishers to try, in turn. */
export function candidates(address: Address): readonly string[] {
  if ('uri' in address) return [address.uri];
  const [scheme, usual] = address.tls ? ['wss', 443] : ['ws', 80];
  return [...standardPorts, usual].map((port) => `${scheme}://${address.host}:${port}${PATH}`);
}

/**
 * The services a publisher names, each once: on its own host or one that is allowed, and never by a plain connection when
 * the publisher spoke over TLS. What else it names is not gone to.
 */
export function serviceUris(payload: JsonObject, publisher: string, { allowHosts }: Pick<Address, 'allowHosts'>): readonly string[] {
  const services = own(payload, 'services');
  const base = new URL(publisher);
  const uris = (Array.isArray(services) ? services.slice(0, MOST_SERVICES) : []).flatMap((entry) => {
    const uri = urlOf(own(objectOf(entry), 'serviceURI') ?? own(objectOf(entry), 'serviceUri'));
    if (uri === undefined || uri.username !== '' || uri.password !== '') return [];
    const secureEnough = uri.protocol === 'wss:' || (uri.protocol === 'ws:' && base.protocol === 'ws:');
    const known = uri.hostname === base.hostname || allowHosts.includes(uri.hostname);
    return secureEnough && known ? [uri.href] : [];
  });
  return [...new Set(uris)];
}

function urlOf(value: unknown): URL | undefined {
  if (typeof value !== 'string' || value.length > LONGEST_URI) return undefined;
  try {
    const url = new URL(value);
    url.hash = '';
    return url;
  } catch {
    return undefined;
  }
}
