import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PACKAGED_VERSION = '147.0.0';

/** What a page is opened with: language and zone are always set, so that no test depends on the machine's own. */
export type PageOptions = Omit<BrowserContextOptions, 'locale' | 'timezoneId'> & { locale?: 'zh-CN' | 'en-GB'; timezoneId?: string };

/** Debian's, the one without a window of its own first: it draws pages in half the time. */
const DEBIANS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Launches a headless Chromium: `$CHROMIUM_PATH`, else Debian's, else the one inside @sparticuz/chromium. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env['CHROMIUM_PATH'] || DEBIANS.find((path) => existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, headless: true, args: FLAGS });
  const packaged = await unpackChromium();
  return chromium.launch({
    executablePath: packaged.executablePath,
    headless: true,
    args: ['--no-sandbox'],
    env: { ...definedEnvironment(), TMPDIR: packaged.directory, LD_LIBRARY_PATH: packaged.libraries },
  });
}

/** Opens a page in a context of its own (own cookies and storage); zh-CN and Asia/Shanghai unless told otherwise. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  return context.newPage();
}

/**
 * Unpacks the packaged browser once per machine user. Unpacking goes to a directory of its own and is renamed into place,
 * because the package takes any file it finds under its name for a finished one, even one still being written.
 */
async function unpackChromium(): Promise<{ executablePath: string; directory: string; libraries: string }> {
  const directory = join(tmpdir(), `counterflow-chromium-${PACKAGED_VERSION}-${process.getuid?.() ?? 0}`);
  if (!existsSync(join(directory, 'chromium'))) {
    const unpacking = await mkdtemp(`${directory}-`);
    const before = { TMPDIR: process.env['TMPDIR'], AWS_EXECUTION_ENV: process.env['AWS_EXECUTION_ENV'] };
    process.env['TMPDIR'] = unpacking;
    // The package hands out the shared libraries a bare machine lacks only where it believes to be in a Lambda.
    process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs22.x';
    try {
      const { default: packaged } = await import('@sparticuz/chromium');
      await packaged.executablePath();
    } finally {
      restoreEnvironment(before);
    }
    await rename(unpacking, directory).catch(async () => rm(unpacking, { recursive: true, force: true }));
  }
  await mkdir(join(directory, 'tmp'), { recursive: true });
  return { executablePath: join(directory, 'chromium'), directory: join(directory, 'tmp'), libraries: join(directory, 'al2023', 'lib') };
}

function restoreEnvironment(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
