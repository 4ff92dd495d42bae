import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = candidates.find((path) => existsSync(path));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Where no Chromium is, the tests of the page skip, and say so. */
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser) console.warn(`SKIPPED: no Chromium at ${candidates.join(', ')}; the report was not looked at in a browser`);

export interface Look {
  width?: number;
  scheme?: 'light' | 'dark';
}

/** A page that was opened, and everything that it asked for, said, or ran. */
export interface Opened {
  page: Page;
  /** Addresses of all requests beside the page itself. */
  requests: string[];
  /** What went to the console, errors that nobody caught, and dialogs. */
  noise: string[];
  close(): Promise<void>;
}

export interface Browser {
  open(url: string, look?: Look): Promise<Opened>;
  close(): Promise<void>;
}

/** A real Chromium with a profile of its own. */
export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'docket-chromium-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, { ...(executablePath ? { executablePath } : {}), headless: true, args: flags });
  return {
    async open(url, { width = 1440, scheme = 'light' } = {}) {
      const page = await context.newPage();
      const requests: string[] = [];
      const noise: string[] = [];
      page.on('request', (request) => {
        if (request.url() !== url) requests.push(request.url());
      });
      page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => {
        noise.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(url);
      await page.waitForSelector('html[data-ready]');
      return { page, requests, noise, close: () => page.close() };
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
