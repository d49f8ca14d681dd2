/** A connection to a device: what the sessions know of WebSockets. */
import { WebSocket } from 'ws';
import { LONGEST_FRAME } from './envelope.ts';

export interface Link {
  /** Lost without a word when the connection is not open. */
  send(text: string): void;
  /** At once; `onClosed` follows, if it has not come yet. */
  close(): void;
}

export interface LinkHandlers {
  onOpen(): void;
  onText(text: string): void;
  /** Once, whatever ended it: it was refused, it broke, this side closed it. */
  onClosed(): void;
}

/** Never throws: what cannot be opened is closed. */
export type Connect = (uri: string, handlers: LinkHandlers) => Link;

export interface LinkOptions {
  /** How long opening may take, real ms. */
  readonly timeoutMs: number;
  /** Certificates (PEM) that vouch for devices, beside the usual ones. */
  readonly ca?: string;
}

export function webSockets({ timeoutMs, ca }: LinkOptions): Connect {
  const options = {
    handshakeTimeout: timeoutMs,
    // In bytes: a longer frame ends the connection before it is held in memory.
    maxPayload: LONGEST_FRAME,
    perMessageDeflate: false,
    followRedirects: false,
    ...(ca !== undefined && { ca }),
  };
  return (uri, handlers) => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(uri, options);
    } catch {
      // An address that `ws` does not take.
      queueMicrotask(() => handlers.onClosed());
      return { send: () => undefined, close: () => undefined };
    }
    socket.on('open', () => handlers.onOpen());
    socket.on('message', (data, isBinary) => {
      if (!isBinary && Buffer.isBuffer(data)) handlers.onText(data.toString('utf8'));
    });
    // `close` follows each error.
    socket.on('error', () => undefined);
    socket.once('close', () => handlers.onClosed());
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text, () => undefined);
      },
      close: () => socket.terminate(),
    };
  };
}
