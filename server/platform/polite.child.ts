/** A thread that lets others first, and says how far back it is. */
import { readlinkSync } from 'node:fs';
import { getPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { letOthersFirst } from './thread.ts';

letOthersFirst();
parentPort?.postMessage(getPriority(Number(basename(readlinkSync('/proc/thread-self')))));
