/**
 * Marks the words that findings rest on, in the fields themselves and without touching them: by the CSS Custom Highlight API in editable
 * elements, by a see-through copy over a textarea. Where neither can be, the panel's list of quotes says the same.
 */
import { rangeIn } from "./controls.js";

/**
 * @import { Attachment } from "./attach.js"
 * @import { Finding } from "./types.js"
 */

const NAME = "referral-guide";
/** A copy of a longer text would cost more than it shows. */
const MOST = 20_000;
const MARK = "var(--referral-guide-mark, light-dark(#8a4b00, #ffc06b))";
const CSS_PAGE = `::highlight(${NAME}) { text-decoration: underline 2px ${MARK}; text-underline-offset: 3px; }`;
const CSS_LAYER = `
:host { all: initial; display: block; color-scheme: inherit; position: absolute; inset: 0 auto auto 0; inline-size: 0; block-size: 0; }
div { position: absolute; overflow: hidden; pointer-events: none; box-sizing: border-box; border-style: solid; border-color: transparent; background: none; color: transparent; white-space: pre-wrap; overflow-wrap: break-word; }
mark { color: transparent; background: none; text-decoration: underline 2px ${MARK}; text-underline-offset: 3px; }
@media (forced-colors: active) { div, mark { forced-color-adjust: none; } mark { text-decoration-color: Highlight; } }
@media print { div { display: none; } }
`;
/** What makes the copy's lines break where the field's do. */
const SAME =
  "font-family font-size font-weight font-style font-variant font-stretch font-feature-settings font-kerning letter-spacing word-spacing line-height text-align text-indent text-transform tab-size direction padding-top padding-right padding-bottom padding-left border-top-width border-right-width border-bottom-width border-left-width".split(
    " ",
  );

/** Every panel's ranges; the page has one registry. @type {Set<Highlights>} */
const all = new Set();
/** @type {CSSStyleSheet | undefined} */
let pageSheet;

/**
 * The marks of one panel.
 */
export class Highlights {
  /** @type {AbstractRange[]} */
  #ranges = [];
  /** @type {Map<HTMLTextAreaElement, { copy: HTMLElement, text: string, sign: string }>} */
  #copies = new Map();
  /** @type {HTMLElement | undefined} */
  #layer;
  /** @type {ResizeObserver | undefined} */
  #sizes;
  #stop = new AbortController();

  /** @param {Attachment} attachment @param {Finding[]} findings */
  show(attachment, findings) {
    this.#ranges = [];
    /** @type {Map<HTMLTextAreaElement, [number, number][]>} */
    const inAreas = new Map();
    for (const finding of findings) {
      if (finding.overridden) continue;
      for (const evidence of finding.evidence) {
        const words = attachment.quote(evidence);
        if (!words) continue;
        const { element, start, end } = words;
        if (element instanceof HTMLTextAreaElement) {
          const at = inAreas.get(element) ?? [];
          inAreas.set(element, at);
          at.push([start, end]);
        } else if (element.isContentEditable) {
          const range = rangeIn(element, start, end);
          if (range) this.#ranges.push(range);
        }
      }
    }
    for (const [area, copy] of this.#copies) {
      if (inAreas.has(area)) continue;
      copy.copy.remove();
      this.#sizes?.unobserve(area);
      this.#copies.delete(area);
    }
    for (const [area, at] of inAreas) this.#markArea(area, at);
    paint(this, this.#ranges);
    this.#place();
  }

  /** Takes every mark away. */
  clear() {
    this.#stop.abort();
    this.#sizes?.disconnect();
    this.#sizes = undefined;
    this.#layer?.remove();
    this.#layer = undefined;
    this.#copies.clear();
    this.#ranges = [];
    paint(this, this.#ranges);
  }

  /** @param {HTMLTextAreaElement} area @param {[number, number][]} at */
  #markArea(area, at) {
    const text = area.value.length > MOST ? "" : area.value;
    const sign = JSON.stringify([text, at]);
    const known = this.#copies.get(area);
    if (known?.sign === sign) return;
    const copy = known?.copy ?? document.createElement("div");
    let done = 0;
    copy.replaceChildren();
    for (const [start, end] of at.sort((a, b) => a[0] - b[0])) {
      if (text === "" || end <= done) continue;
      const mark = document.createElement("mark");
      const from = Math.max(start, done);
      mark.textContent = text.slice(from, end);
      copy.append(text.slice(done, from), mark);
      done = end;
    }
    copy.append(text.slice(done), "\n");
    if (!known) {
      this.#root().append(copy);
      this.#sizes?.observe(area);
    }
    this.#copies.set(area, { copy, text, sign });
  }

  #root() {
    if (!this.#layer) {
      this.#stop = new AbortController();
      const { signal } = this.#stop;
      this.#layer = document.createElement("div");
      this.#layer.setAttribute("data-referral-guide", "");
      this.#layer.setAttribute("aria-hidden", "true");
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS_LAYER);
      this.#layer.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      document.body.append(this.#layer);
      const place = () => this.#place();
      this.#sizes = new ResizeObserver(place);
      this.#sizes.observe(document.documentElement);
      addEventListener("scroll", place, { signal, capture: true, passive: true });
      addEventListener("resize", place, { signal, passive: true });
      // New words make old marks wrong until they are read; the copy waits.
      addEventListener(
        "input",
        ({ target }) => {
          const copy = this.#copies.get(/** @type {HTMLTextAreaElement} */ (target));
          if (copy) copy.copy.hidden = true;
        },
        { signal, capture: true },
      );
    }
    return /** @type {ShadowRoot} */ (this.#layer.shadowRoot);
  }

  /** Lays each copy over its field. */
  #place() {
    if (!this.#layer) return;
    const origin = this.#layer.getBoundingClientRect();
    for (const [area, { copy, text }] of this.#copies) {
      copy.hidden = text === "" || area.value !== text || area.getClientRects().length === 0;
      if (copy.hidden) continue;
      const box = area.getBoundingClientRect();
      const own = getComputedStyle(area);
      for (const property of SAME) copy.style.setProperty(property, own.getPropertyValue(property));
      // A scrollbar takes its width from the lines.
      const bar = area.offsetWidth - area.clientWidth - parseFloat(own.borderLeftWidth) - parseFloat(own.borderRightWidth);
      copy.style.setProperty("width", `${box.width - bar}px`);
      copy.style.setProperty("height", `${box.height}px`);
      copy.style.setProperty("left", `${box.left - origin.left}px`);
      copy.style.setProperty("top", `${box.top - origin.top}px`);
      copy.scrollTop = area.scrollTop;
    }
  }
}

/** Gives the browser the ranges of every panel. @param {Highlights} from @param {AbstractRange[]} ranges */
function paint(from, ranges) {
  const registry = globalThis.CSS?.highlights;
  if (!registry || typeof Highlight === "undefined") return;
  if (ranges.length > 0) all.add(from);
  else all.delete(from);
  rangesOf.set(from, ranges);
  const every = [...all].flatMap((one) => rangesOf.get(one) ?? []);
  const sheets = document.adoptedStyleSheets;
  if (every.length === 0) {
    registry.delete(NAME);
    if (pageSheet) document.adoptedStyleSheets = sheets.filter((one) => one !== pageSheet);
    return;
  }
  registry.set(NAME, new Highlight(...every));
  pageSheet ??= new CSSStyleSheet();
  pageSheet.replaceSync(CSS_PAGE);
  if (!sheets.includes(pageSheet)) document.adoptedStyleSheets = [...sheets, pageSheet];
}
/** @type {WeakMap<Highlights, AbstractRange[]>} */
const rangesOf = new WeakMap();
