import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildExample, type Example } from '../../example/build-example.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { askDocket } from '../../support/run-docket.ts';
import { hasBrowser, openBrowser, type Browser, type Opened } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
});
afterAll(() => browser?.close());

const fileOf = async (dir: string): Promise<string> => join(dir, (await askDocket(['report'], dir)).data.path as string);

describe.skipIf(!hasBrowser)('the page of the example', () => {
  let example: Example;
  let url: string;
  let html: string;
  beforeAll(async () => {
    example = buildExample();
    const file = await fileOf(example.dir);
    html = readFileSync(file, 'utf8');
    url = pathToFileURL(file).href;
  });
  afterAll(() => example.remove());

  /** Opens the page, and insists that it asked for nothing, said nothing and ran nothing else. */
  async function look(at: (opened: Opened) => Promise<void>, options: Parameters<Browser['open']>[1] = {}, hash = ''): Promise<void> {
    const opened = await browser.open(`${url}${hash}`, options);
    try {
      await at(opened);
      expect(opened.requests.filter((address) => address !== url && !address.startsWith('data:'))).toEqual([]);
      expect(opened.noise).toEqual([]);
    } finally {
      await opened.close();
    }
  }

  test('shows phases and gates with claims, verdicts and evidence as a table', () =>
    look(async ({ page }) => {
      const board = page.getByRole('region', { name: 'Board' });
      const row = board.getByRole('row', { name: /M1/u }).first();
      expect(await row.innerText()).toMatch(/verified[\s\S]*6d19a2c69de7[\s\S]*PASS[\s\S]*24cb626bfc3d[\s\S]*claimed[\s\S]*unrecorded/u);
      expect(await board.innerText()).toContain('Missing for DONE: gate M2 has no PASS');
      expect(await board.getByRole('columnheader').allInnerTexts()).toEqual(expect.arrayContaining(['Gate', 'State', 'Claim', 'Verdict', 'Evidence']));
    }));

  test('shows what happened against commits, deferred items by age and trigger, decisions in force and retired, alerts', () =>
    look(async ({ page }) => {
      const textOf = (name: string): Promise<string> => page.getByRole('region', { name, exact: true }).first().innerText();
      expect(await textOf('Timeline')).toMatch(/verdict ✔ pass[\s\S]*pxgate\/M1[\s\S]*24cb626bfc3d/u);
      expect(await page.getByRole('img', { name: /Timeline: 2 claims, 2 verdicts, \d deferrals, 1 alerts/u }).count()).toBe(1);
      expect(await textOf('Deferred')).toMatch(/2 days[\s\S]*alert files pile up without end[\s\S]*triggered[\s\S]*once gate M1 of pvfix is claimed/u);
      expect(await textOf('Decisions')).toMatch(/In force[\s\S]*traefik's own API[\s\S]*Retired[\s\S]*manual workaround[\s\S]*replaced by/u);
      expect(await textOf('Findings, alerts, messages')).toContain('traefik unhealthy-on-latest');
    }));

  test('reads the journal with its reproductions, whose red and green steps are told apart in words', () =>
    look(async ({ page }) => {
      const entry = page.locator('details.entry').first();
      await entry.locator('summary').first().click();
      const red = entry.locator('.l.r-red.fails');
      const green = entry.locator('.l.r-green').first();
      expect(await red.first().innerText()).toMatch(/✘ fails[\s\S]*FAILS/u);
      expect(await entry.locator('.r-red .role').first().innerText()).toMatch(/RED/iu);
      expect(await entry.locator('.r-green .role').first().innerText()).toMatch(/GREEN/iu);
      const borderOf = (line: typeof green): Promise<string> => line.evaluate((element) => getComputedStyle(element).borderLeftStyle);
      expect(await borderOf(red.first())).not.toBe(await borderOf(green));
    }));

  test('finds entries by words in titles and in texts, and commits; the keyboard alone does', () =>
    look(async ({ page }) => {
      await page.keyboard.press('/');
      await page.keyboard.type('keycloak realm');
      await page.waitForSelector('#hits li');
      expect(await page.locator('#found').innerText()).toMatch(/^\d+ hits?\.$/u);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog[open]');
      expect(await page.locator('dialog').innerText()).toContain('deferred:2026-06-14-keycloak-gate-asks-the-realm-page-only');
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog:not([open])', { state: 'attached' });
      expect(await page.evaluate(() => document.activeElement?.closest('#hits') !== null)).toBe(true);
      await page.locator('#query').fill('health_code');
      await page.waitForSelector('mark');
      await page.locator('#query').fill('nothing-is-called-so');
      await page.waitForFunction(() => document.querySelector('#found')?.textContent === 'Nothing found.');
      await page.locator('#query').fill('24cb626bfc3d');
      await page.waitForFunction(() => document.querySelector('#hits')?.textContent?.includes('review(pxgate-M1)'));
    }));

  test('draws the links around an entry and goes from one to the next; back and close come back', () =>
    look(
      async ({ page }) => {
        const graph = page.locator('dialog .graph svg');
        await graph.waitFor();
        expect(await graph.getByRole('link').count()).toBeGreaterThan(3);
        expect(await graph.getByRole('link').first().evaluate((link) => link.namespaceURI)).toBe('http://www.w3.org/2000/svg');
        await graph.getByRole('link', { name: /claim: Gate: M1/u }).focus();
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('dialog')?.textContent?.includes('claim:pxgate/M1#1'));
        expect(await page.locator('dialog').innerText()).toContain('WHAT');
        await page.goBack();
        await page.waitForFunction(() => location.hash === '#gate:pxgate/M1' && document.querySelector('dialog')?.textContent?.includes('gate:pxgate/M1'));
        await page.getByRole('button', { name: 'Close' }).click();
        // The browser tells the page of the closing after the click has been answered.
        await page.waitForFunction(() => location.hash === '');
        expect(await page.evaluate(() => [document.querySelector('dialog')?.open, location.hash])).toEqual([false, '']);
      },
      {},
      '#gate:pxgate/M1',
    ));

  test('sorts a list by what its heading says, and says so', () =>
    look(async ({ page }) => {
      const table = page.getByRole('table', { name: 'Open deferred items' });
      const first = (): Promise<string> => table.locator('tbody tr').first().innerText();
      await table.getByRole('button', { name: /Age/u }).click();
      expect(await first()).toContain('keycloak');
      await table.getByRole('button', { name: /Age/u }).click();
      expect(await first()).not.toContain('keycloak');
      expect(await table.getByRole('columnheader', { name: /Age/u }).getAttribute('aria-sort')).toBe('descending');
    }));

  test('has a light and a dark face that differ, and the button chooses', async () => {
    const paper = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await look(async ({ page }) => {
      expect(await paper(page)).toBe('rgb(251, 250, 247)');
      await page.locator('#theme').click();
      await page.locator('#theme').click();
      expect(await paper(page)).toBe('rgb(21, 23, 26)');
    });
    await look(async ({ page }) => {
      await page.evaluate(() => localStorage.removeItem('docket-theme'));
      await page.reload();
      await page.waitForSelector('html[data-ready]');
      expect(await paper(page)).toBe('rgb(21, 23, 26)');
    }, { scheme: 'dark' });
  });

  test.each([360, 800, 1440])('at a width of %i nothing is wider than the window', (width) =>
    look(async ({ page }) => expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0), { width }));

  test.each(['light', 'dark'] as const)('every text stands out from what is behind it by 4.5 to 1 (%s)', (scheme) =>
    look(async ({ page }) => {
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await page.evaluate(findFaint)).toEqual([]);
    }, { scheme }));

  test('has landmarks, one first heading, names for all controls, and headings that skip no level', () =>
    look(async ({ page }) => {
      for (const role of ['banner', 'main', 'navigation', 'search', 'contentinfo'] as const) expect(await page.getByRole(role).count(), role).toBe(1);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await page.evaluate(() => [...document.querySelectorAll('button, input, a')].filter((control) => control.textContent?.trim() === '' && !control.getAttribute('aria-label') && !document.querySelector(`label[for="${control.id}"]`)).length)).toBe(0);
      const levels = await page.evaluate(() => [...document.querySelectorAll('main h2, main h3, main h4, main h5, main h6')].filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1])));
      expect(levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => [document.activeElement?.textContent, getComputedStyle(document.activeElement ?? document.body).outlineStyle])).toEqual(['To the record', 'solid']);
      const tree = await page.locator('body').ariaSnapshot();
      expect(tree).toContain('- region "Board"');
      expect(tree).toContain('- table "Gates of phase pxgate"');
    }));

  test('prints: all lists, no controls, more than one page of it', () =>
    look(async ({ page }) => {
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(() => ['.find', '.parts', '#results'].map((name) => document.querySelector(name)?.checkVisibility()))).toEqual([false, false, false]);
      expect(await page.evaluate(() => document.querySelector('#timeline .wide')?.scrollHeight === document.querySelector('#timeline .wide')?.clientHeight)).toBe(true);
    }));

  test('can be read without its script: board, lists and, as it is short, the journal', async () => {
    const plain = html.replace(/<script>[\s\S]*<\/script>/u, '');
    expect(plain).not.toBe(html);
    for (const text of ['gate M2 has no PASS', 'alert files pile up without end', 'manual workaround', 'OLD probe', 'id="journal:pxgate/2026-06-13-phase-start"']) expect(plain).toContain(text);
    expect(plain).not.toContain('<script>');
    expect(plain).not.toMatch(/ (?:style|on\w+)="/u);
  });
});

/** Runs in the page: texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3), with it. */
function findFaint(): string[] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const channels = (colour: string): number[] => {
    if (!canvas) return [0, 0, 0, 255];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb: number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.slice(0, 3).map((value) => (value / 255 <= 0.039_28 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element): number[] => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const faint = new Set<string>();
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!own || !element.checkVisibility({ visibilityProperty: true }) || element.closest('script, style')) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(channels(element.closest('svg') ? style.fill : style.color)), light(behind(element))].toSorted((x, y) => y - x);
    const contrast = ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05);
    if (contrast < 4.5) faint.add(`${element.tagName} ${element.getAttribute('class') ?? ''} ${contrast.toFixed(2)} ${element.textContent?.slice(0, 30)}`);
  }
  return [...faint];
}

describe.skipIf(!hasBrowser)('text that wants to be more than text', () => {
  let repository: Repository;
  let opened: Opened;
  let html: string;
  const payloads = ['<script>window.owned=1</script>', '</script><script>window.owned=1</script>', '"><img src=x onerror="window.owned=1">', "'onmouseover='window.owned=1' x='", '<svg onload=window.owned=1>', '<!--<script>', ']]><iframe srcdoc="<script>top.owned=1</script>">', '{{7*7}}${7*7}'];
  const all = payloads.join(' ');
  beforeAll(async () => {
    repository = makeRepository();
    const body = [`[a](javascript:window.owned=1) [b](JaVaScRiPt:window.owned=1) [c](data:text/html,<script>window.owned=1</script>) [d](vbscript:x) <javascript:window.owned=1>`, '', ...payloads, '', '| a | b |', '|---|---|', `| ${payloads[2]} | x |`, '', '```', '# OLD probe before', `curl ${payloads[0]}`, `→ 404 ${payloads[1]} ← FAILS`, '```', '', `> ${payloads[4]}`, '', '<div onclick="window.owned=1">', '‮gnp.exe'].join('\n');
    repository.write('machine-docs/JOURNAL-x1.md', `# JOURNAL ${all}\n\n## 2026-03-01 — ${all}\n\n${body}\n`);
    repository.write('machine-docs/DECISIONS.md', `# DECISIONS\n\n## 2026-03-01 — x1: ${all}\n\n${body}\n`);
    repository.write('machine-docs/DEFERRED.md', `# DEFERRED\n\n## Open deferrals\n\n### 2026-03-01 — ${all}\n- [ ] **What:** ${all}\n- **Filed by:** Builder, phase x1\n- **Reason for deferral:** ${all}\n- **Re-entry trigger:** ${all}\n`);
    repository.write('machine-docs/STATUS-x1.md', `# STATUS\n\n## Gate: M1 — CLAIMED, awaiting Adversary ${all}\n\n### WHAT\n${all}\n\n## DONE\n\nNot yet ${all}\n`);
    repository.write('machine-docs/REVIEW-x1.md', `# REVIEW\n\n## M1 — FAIL @2026-03-01T10:00Z ${all}\n\n${body}\n\n## VETO ${all}\n\n${body}\n`);
    repository.write('machine-docs/BACKLOG-x1.md', `# BACKLOG\n\n## Adversary findings\n\n### A1 [adversary] ${all}\n\n**Status:** OPEN ${all}\n`);
    repository.write('machine-docs/BUILDER-INBOX.md', `# BUILDER-INBOX — Adversary → Builder @2026-03-01 ${all}\n\n${body}\n`);
    repository.write('machine-docs/alerts/20260301T100000Z-<img src=x onerror=owned=1>-<b>.json', JSON.stringify({ app: all, reason: all, ts: '2026-03-01T10:00:00Z', version: all }));
    repository.write('docs/"><script>window.owned=1<_script>.md', 'x');
    repository.git('add', '-A');
    // git itself takes angle brackets out of names.
    repository.git('commit', '-q', '--no-verify', '-m', `claim(x1-M1): ${all}`, '-m', 'see docs/"><script>window.owned=1<_script>.md', '--author', `" onmouseover="window.owned=1" x='&lt;b&gt; <a@example.org>`, '--date', '2026-03-01T10:00:00Z');
    const file = await fileOf(repository.dir);
    html = readFileSync(file, 'utf8');
    opened = await browser.open(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await opened?.close();
    repository?.remove();
  });

  const owned = (): Promise<unknown> => opened.page.evaluate(() => (window as unknown as { owned?: unknown }).owned ?? null);

  test('stays text: no element of its own, one script, nothing asked for', async () => {
    expect(html.match(/<script>/gu)?.length).toBe(1);
    expect(await opened.page.evaluate(() => document.querySelectorAll('img, iframe, object, embed, form, base, [onerror], [onload], [onclick], [onmouseover], [style]').length)).toBe(0);
    expect(await opened.page.evaluate(() => document.body.textContent?.includes('<script>window.owned=1</script>'))).toBe(true);
    expect(await owned()).toBeNull();
  });

  test('stays text in every entry, in the search, and in the links', async () => {
    const ids = await opened.page.evaluate(() => [...new Set([...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href') ?? ''))].filter((href) => href.includes(':')));
    expect(ids.length).toBeGreaterThan(8);
    for (const id of ids) {
      await opened.page.evaluate((href) => {
        location.hash = href;
      }, id);
      await opened.page.waitForFunction(() => document.querySelector('dialog')?.textContent !== '');
      expect(await opened.page.evaluate(() => [...document.querySelectorAll('a[href]')].filter((link) => !/^(?:#|https?:)/u.test(link.getAttribute('href') ?? '')).length)).toBe(0);
      await opened.page.evaluate(() => document.querySelector('dialog')?.close());
    }
    await opened.page.locator('#query').fill('owned');
    await opened.page.waitForSelector('#hits li');
    await opened.page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      for (const element of document.querySelectorAll('main *')) element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    });
    expect(await opened.page.evaluate(() => document.querySelectorAll('img, iframe, object, embed, form, base, [onerror], [onload], [onclick], [onmouseover]').length)).toBe(0);
    expect(await owned()).toBeNull();
    expect(opened.noise).toEqual([]);
    expect(opened.requests.filter((address) => !address.startsWith('data:'))).toEqual([]);
  });

  test('cannot turn a line round', () => expect(html).not.toMatch(/[‪-‮⁦-⁩]/u));

  test('the policy stops what would get in all the same', async () => {
    const stopped = await opened.page.evaluate(() => {
      const script = document.createElement('script');
      try {
        script.text = 'window.owned = 2';
      } catch {
        return 'refused as a text';
      }
      document.body.append(script);
      return 'not run';
    });
    expect(stopped).toMatch(/refused|not run/u);
    const fetched = await opened.page.evaluate(() => fetch('https://example.org/').then(() => 'sent', () => 'refused'));
    expect([fetched, await owned()]).toEqual(['refused', null]);
  });
});
