// What one journey has: telephones, desks, an office, a bad line. Everything is fresh, and gone afterwards.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { DESK, PHONE } from './browser.mjs';
import { startOffice } from './office.mjs';
import { startProxy } from './proxy.mjs';

// So long a page may take, in milliseconds: the machine may have other work. A journey that measures time says its own limit.
const PATIENCE = 90_000;

const SCREENS = fileURLToPath(new URL('./screens', import.meta.url));

export class World {
  #browser;
  #name;
  #contexts = [];
  #closers = [];
  #offices = [];
  #allowed = [];

  // What pages complained of; a journey with a complaint fails.
  faults = [];

  constructor(browser, name) {
    this.#browser = browser;
    this.#name = name;
  }

  // A page of a new device at 360x640. Pages of one device: `page.context().newPage()`.
  phone(options = {}) {
    return this.#device({ ...PHONE, ...options });
  }

  desk(options = {}) {
    return this.#device({ ...DESK, ...options });
  }

  async #device(options) {
    const context = await this.#browser.newContext(options);
    this.#contexts.push(context);
    this.watch(context);
    return context.newPage();
  }

  // Collects the complaints of a context this world did not make itself.
  watch(context) {
    context.setDefaultTimeout(PATIENCE);
    context.on('weberror', (event) => this.#complain(`page error: ${event.error().stack ?? event.error()}`));
    context.on('console', (message) => {
      if (message.type() === 'error') this.#complain(`console error: ${message.text()}`);
    });
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.#complain(`asked ${hostname}`);
    });
  }

  #complain(text) {
    // The browser's own word for a cut line; what the page makes of it is the journey's business.
    if (/Failed to load resource|net::ERR_/.test(text)) return;
    if (!this.#allowed.some((pattern) => pattern.test(text))) this.faults.push(text);
  }

  // A complaint this journey means to cause.
  allowFault(pattern) {
    this.#allowed.push(pattern);
  }

  assertNoFaults() {
    assert.deepEqual(this.faults, []);
  }

  async office(options = {}) {
    const office = await startOffice(options);
    this.#offices.push(office);
    return office;
  }

  async proxy(options) {
    return this.#closeLater(await startProxy(options));
  }

  // Anything with `close()` goes with this world.
  closeLater(thing) {
    return this.#closeLater(thing);
  }

  #closeLater(thing) {
    this.#closers.push(thing);
    return thing;
  }

  // No network at all: the browser is told so, and the office is killed without a word.
  async cut(page, office) {
    await page.context().setOffline(true);
    await office?.kill9();
  }

  async mend(page, office) {
    await office?.restart();
    await page.context().setOffline(false);
  }

  // Waits until the service worker holds the whole build and answers for this page.
  async offlineReady(page, timeout = PATIENCE) {
    // Not an async question: its promise would count as a yes.
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, { timeout });
  }

  // A picture of a page in end2end/screens.
  async shot(page, name) {
    await mkdir(SCREENS, { recursive: true });
    const file = `${this.#name} ${name}`.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-');
    await page.screenshot({ path: join(SCREENS, `${file}.png`), fullPage: true });
  }

  async shotAll() {
    const pages = this.#contexts.flatMap((context) => context.pages());
    await Promise.all(pages.map((page, at) => this.shot(page, `failed ${at}`).catch(() => {})));
  }

  // The violations axe finds, one line each.
  async axe(page) {
    const { source } = createRequire(import.meta.url)('axe-core');
    await page.evaluate(source);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  }

  // Asks until `fact` returns something true, and returns that.
  async eventually(fact, timeout = PATIENCE) {
    const end = performance.now() + timeout;
    for (;;) {
      const found = await fact();
      if (found) return found;
      if (performance.now() > end) throw new Error(`still not so after ${timeout} ms: ${fact}`);
      await pause(50);
    }
  }

  // The end of what each office wrote, for a journey that failed.
  lastWords() {
    return this.#offices.map((office) => `office: ${office.lastWords()}`);
  }

  async close() {
    for (const context of this.#contexts) await context.close().catch(() => {});
    for (const office of this.#offices) await office.close();
    for (const thing of this.#closers) await thing.close();
  }
}
