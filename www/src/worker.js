/**
 * Referral Guide in a worker of its own, for hosts that want no work on the page's thread.
 *
 * @example
 * import { loadGuideWorker } from "referral-guide/worker";
 * const guide = await loadGuideWorker();
 * const report = await guide.check(form);
 */
import { loadingError, toJson, unavailable } from "./guide.js";

export * from "./api.js";

/**
 * @import { Referral, Report } from "./types.js"
 * @typedef {{ id: string, version: string, name: string, language: string }} Policy
 * @typedef {{ load: import("./index.js").LoadOptions } | { id: number, json: string }} ToWorker
 * @typedef {{ policy: Policy } | { failed: string } | { id: number, report: string | null }} FromWorker
 *
 * @typedef {object} WorkerOptions
 * @property {() => Worker} [worker] Makes the worker, where the host has its own way to address `referral-guide/guide.worker` (a bundler that
 *   knows no workers, Trusted Types).
 * @property {boolean} [newestWins] A check that has not begun is left out when another one is asked for; its promise then gets the newer
 *   report. For checking while somebody types.
 * @property {number} [patience] Milliseconds after which a worker that has not answered is given up. Default: 10 000.
 */

/**
 * Loads a guide in a worker.
 *
 * @param {import("./index.js").LoadOptions & WorkerOptions} [options]
 * @returns {Promise<WorkerGuide>}
 * @throws {import("./guide.js").ReferralGuideError} where the worker cannot start, the module cannot be loaded or the policy cannot be used.
 */
export async function loadGuideWorker(options = {}) {
  const { worker = shippedWorker, newestWins = false, patience = 10_000, ...load } = options;
  // The worker's own address is another one than the page's.
  if (typeof load.wasm === "string") load.wasm = new URL(load.wasm, globalThis.document?.baseURI ?? globalThis.location?.href);
  if (load.wasm instanceof URL) load.wasm = load.wasm.href;
  const start = () => connect(worker, load, patience);
  return new WorkerGuide(await start(), start, newestWins, patience);
}

/** Written out as bundlers look for it. */
function shippedWorker() {
  return new Worker(new URL("./guide.worker.js", import.meta.url), { type: "module", name: "referral-guide" });
}

/**
 * A worker whose guide is loaded.
 *
 * @typedef {{ worker: Worker, policy: Policy }} Connection
 *
 * @param {() => Worker} make
 * @param {import("./index.js").LoadOptions} load
 * @param {number} patience
 * @returns {Promise<Connection>}
 */
function connect(make, load, patience) {
  return new Promise((resolve, reject) => {
    /** @type {Worker} */
    let worker;
    const fail = (/** @type {unknown} */ cause) => {
      clearTimeout(timer);
      worker?.terminate();
      reject(loadingError(cause));
    };
    const timer = setTimeout(() => fail(new Error("the guide's worker did not start in time")), patience);
    try {
      worker = make();
      worker.onerror = (event) => {
        event.preventDefault();
        fail(new Error("the guide's worker could not be started"));
      };
      worker.onmessage = (/** @type {MessageEvent<FromWorker>} */ { data }) => {
        if ("policy" in data) {
          clearTimeout(timer);
          resolve({ worker, policy: data.policy });
        } else fail(new Error("failed" in data ? data.failed : "the guide's worker gave no policy"));
      };
      worker.postMessage(/** @type {ToWorker} */ ({ load }));
    } catch (cause) {
      fail(cause);
    }
  });
}

/**
 * @typedef {object} Request
 * @property {number} id
 * @property {string} json
 * @property {((report: Report) => void)[]} answers
 */

/**
 * A guide that answers later. Every check is answered: where the worker fails or stays silent, by `guide.unavailable`; the next check gets a
 * new worker. Made by `loadGuideWorker`.
 */
export class WorkerGuide {
  /** @type {Connection | null} */
  #connection = null;
  #start;
  #newestWins;
  #patience;
  #policy;
  #next = 0;
  /** @type {Request[]} */
  #waiting = [];
  /** @type {Request | null} */
  #asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #starting = false;
  #closed = false;

  /**
   * @param {Connection} connection
   * @param {() => Promise<Connection>} start
   * @param {boolean} newestWins
   * @param {number} patience
   */
  constructor(connection, start, newestWins, patience) {
    this.#policy = connection.policy;
    this.#start = start;
    this.#newestWins = newestWins;
    this.#patience = patience;
    this.#use(connection);
  }

  /** Id, version, name and language of the policy in use. */
  get policy() {
    return { ...this.#policy };
  }

  /**
   * Checks a form. Never rejects, and never waits for ever.
   *
   * @param {Referral | Record<string, unknown>} form
   * @returns {Promise<Report>}
   */
  check(form) {
    const json = toJson(form);
    return json === null ? Promise.resolve(unavailable(this.#policy)) : this.checkJson(json);
  }

  /**
   * The same for a form that is JSON text already.
   *
   * @param {string} json
   * @returns {Promise<Report>}
   */
  checkJson(json) {
    if (this.#closed) return Promise.resolve(unavailable(this.#policy));
    return new Promise((answer) => {
      const answers = this.#newestWins ? this.#waiting.splice(0).flatMap((request) => request.answers) : [];
      this.#waiting.push({ id: this.#next, json, answers: [...answers, answer] });
      this.#next += 1;
      this.#ask();
    });
  }

  /** Ends the worker. What is still open, and every later check, is answered by `guide.unavailable`. */
  close() {
    this.#closed = true;
    this.#giveUp();
  }

  /** One request at a time is with the worker, so that a newer one can overtake those that wait. */
  #ask() {
    if (this.#asked) return;
    if (!this.#connection) {
      if (this.#waiting.length > 0) void this.#restart();
      return;
    }
    this.#asked = this.#waiting.shift() ?? null;
    if (!this.#asked) return;
    const { id, json } = this.#asked;
    this.#timer = setTimeout(() => this.#giveUp(), this.#patience);
    this.#connection.worker.postMessage(/** @type {ToWorker} */ ({ id, json }));
  }

  /** @param {Connection} connection */
  #use(connection) {
    const { worker } = connection;
    this.#connection = connection;
    worker.onmessageerror = () => this.#giveUp();
    worker.onerror = (event) => {
      event.preventDefault();
      this.#giveUp();
    };
    worker.onmessage = (/** @type {MessageEvent<FromWorker>} */ { data }) => {
      if (!this.#asked || !("id" in data) || data.id !== this.#asked.id) return;
      this.#answer(data.report);
      this.#ask();
    };
  }

  /** @param {string | null} text the report, or nothing where the guide failed */
  #answer(text) {
    clearTimeout(this.#timer);
    const answers = this.#asked?.answers ?? [];
    this.#asked = null;
    for (const answer of answers) answer(text === null ? unavailable(this.#policy) : JSON.parse(text));
  }

  async #restart() {
    if (this.#starting) return;
    this.#starting = true;
    try {
      const connection = await this.#start();
      if (this.#closed) connection.worker.terminate();
      else this.#use(connection);
    } catch {
      this.#giveUp();
    } finally {
      this.#starting = false;
    }
    this.#ask();
  }

  /** The worker is of no more use: everybody who waits gets an answer, and the next check another worker. */
  #giveUp() {
    this.#connection?.worker.terminate();
    this.#connection = null;
    this.#answer(null);
    for (const request of this.#waiting.splice(0)) for (const answer of request.answers) answer(unavailable(this.#policy));
  }
}
