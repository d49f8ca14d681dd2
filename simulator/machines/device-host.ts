/** A device on the network: its publisher and its services over WebSocket, and the events it sends unasked. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Cassette, Condition, Device } from './device.ts';
import { acknowledgement, type Command, completion, unsolicited } from './dialect.ts';

const commandSchema = z.object({ header: z.object({ name: z.string(), requestId: z.number(), type: z.literal('command') }) });
const PATH = '/xfs4iot/v1.0';
const HOST = '127.0.0.1';
const LONGEST_COMMAND = 64 * 1_024;

type Service = Device['services'][number];

export class DeviceHost {
  readonly device: Device;
  /** Takes connections and commands and says nothing: a device that hangs. */
  mute = false;
  port: number;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Map<Service, Set<WebSocket>>();

  private constructor(device: Device, port: number) {
    this.device = device;
    this.port = port;
    for (const service of device.services) this.clients.set(service, new Set());
  }

  /** On a port of its own: the given one, or any that is free. */
  static async start(device: Device, port = 0): Promise<DeviceHost> {
    const host = new DeviceHost(device, port);
    await host.connectNetwork();
    return host;
  }

  /** Where the publisher answers. */
  get uri(): string {
    return `ws://${HOST}:${this.port}${PATH}`;
  }

  get online(): boolean {
    return this.server !== undefined;
  }

  /** Every connection breaks and none can be made. */
  async cutNetwork(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }

  async connectNetwork(): Promise<void> {
    if (this.server !== undefined) return;
    const server = createServer((_request, response) => response.writeHead(404).end());
    this.server = server;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_COMMAND });
    server.on('upgrade', (request, socket, head) => {
      const name = (request.url ?? '').replace(PATH, '').replaceAll('/', '');
      const service = this.device.services.find((known) => known === name);
      if (!request.url?.startsWith(PATH) || (service === undefined && name !== '')) return void socket.destroy();
      sockets.handleUpgrade(request, socket, head, (client) => this.serve(client, service));
    });
    server.listen(this.port, HOST);
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  /** The device's condition changes, and it says so as its dialect does. */
  change(what: Partial<Condition>): void {
    const { device } = this;
    const before = new Map(device.services.map((service) => [service, device.status(service)]));
    Object.assign(device.now, what);
    for (const service of device.services) this.tellStatus(service, before.get(service) ?? {}, device.status(service));
    if (what.kept !== undefined) this.tell('CardReader', 'Storage.StorageChangedEvent', device.storage('CardReader') ?? {});
  }

  /** An error as the device words it: `clear` is for the branch, `maintenance` for the engineer. */
  error(service: Service, eventId: string, action: string): void {
    this.tell(service, 'Common.ErrorEvent', { eventId, action, vendorDescription: 'simulated' });
  }

  /** What a cassette holds changes: counts each time, a threshold when one is passed. */
  changeCassette(cassette: Cassette, what: Partial<Cassette>): void {
    const { device } = this;
    const service = device.services.find((name) => name === 'CashDispenser' || name === 'CashRecycler');
    if (service === undefined) return;
    const before = device.replenishment(cassette);
    const statusBefore = cassette.status;
    Object.assign(cassette, what);
    const after = device.replenishment(cassette);
    const whole = { [cassette.id]: device.unit(cassette) };
    if (what.initial !== undefined || cassette.status !== statusBefore) this.tell(service, 'Storage.StorageChangedEvent', whole);
    else if (before !== after) this.tell(service, 'Storage.StorageThresholdEvent', whole);
    else this.tell(service, 'Storage.CountsChangedEvent', whole);
  }

  /** Unasked, to all who are connected to the service. */
  tell(service: Service, name: string, payload: Readonly<Record<string, unknown>>): void {
    const text = unsolicited(this.device.dialect, name, payload, this.port % 2 === 0);
    if (!this.mute) for (const client of this.clients.get(service) ?? []) client.send(text);
  }

  /** As it stands on the wire, for tests of what a device should not send. */
  sendRaw(service: Service, frame: string | Buffer): void {
    for (const client of this.clients.get(service) ?? []) client.send(frame);
  }

  private tellStatus(service: Service, before: Parts, after: Parts): void {
    const changed = Object.entries(after).flatMap(([part, properties]) => {
      const different = Object.entries(properties).filter(([key, value]) => !same(before[part]?.[key], value));
      return different.length > 0 ? [[part, Object.fromEntries(different)] as const] : [];
    });
    if (changed.length === 0) return;
    if (this.device.dialect === '2023') return this.tell(service, 'Common.StatusChangedEvent', Object.fromEntries(changed));
    // The older dialect has an event for some things, and for the rest an error or nothing at all.
    const parts: Parts = Object.fromEntries(changed);
    const { paper } = this.device;
    if (parts['printer'] !== undefined && paper !== 'jammed')
      this.tell(service, 'Printer.PaperThresholdEvent', { paperSource: 'upper', threshold: paper });
    if (parts['cashDispenser'] !== undefined)
      this.tell(service, 'CashManagement.ShutterStatusChangedEvent', { position: 'outCenter', shutter: this.device.now.shutter });
  }

  private serve(client: WebSocket, service: Service | undefined): void {
    client.on('error', () => undefined);
    client.on('message', (data) => {
      if (!Buffer.isBuffer(data) || this.mute) return;
      const command = readCommand(data.toString('utf8'));
      if (command !== undefined) this.answer(client, service, command);
    });
    if (service === undefined) return;
    this.clients.get(service)?.add(client);
    client.once('close', () => this.clients.get(service)?.delete(client));
  }

  private answer(client: WebSocket, service: Service | undefined, command: Command): void {
    const { device } = this;
    client.send(acknowledgement(device.dialect, command));
    const payload = service === undefined ? this.published(command) : this.asked(service, command);
    client.send(completion(device.dialect, command, payload === undefined ? 'unsupportedCommand' : 'success', payload ?? {}));
  }

  private published({ name }: Command): Readonly<Record<string, unknown>> | undefined {
    if (name !== 'ServicePublisher.GetServices') return undefined;
    return { vendorName: 'Simulated', services: this.device.services.map((service) => ({ serviceURI: `${this.uri}/${service}` })) };
  }

  private asked(service: Service, { name }: Command): Readonly<Record<string, unknown>> | undefined {
    if (name === 'Common.Status') return this.device.status(service);
    const storage = name === 'Storage.GetStorage' ? this.device.storage(service) : undefined;
    return storage === undefined ? undefined : { storage };
  }
}

type Parts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function readCommand(text: string): Command | undefined {
  try {
    return commandSchema.safeParse(JSON.parse(text)).data?.header;
  } catch {
    return undefined;
  }
}
