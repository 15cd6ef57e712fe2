/**
 * The panel's style, in a constructed sheet: no style element and no style attribute, so it needs nothing from the page's content security policy.
 */

const CSS = `
:host {
  display: block;
  container-type: inline-size;
  --paper: var(--referral-guide-paper, light-dark(#ffffff, #16191b));
  --ink: var(--referral-guide-ink, light-dark(#0b0c0c, #eceff1));
  --dim: var(--referral-guide-dim, light-dark(#484e53, #b4bcc2));
  --line: var(--referral-guide-line, light-dark(#b1b4b6, #454d53));
  --link: var(--referral-guide-link, light-dark(#1a56a0, #8ec1ff));
  --focus: var(--referral-guide-focus, #ffdd00);
  --required: var(--referral-guide-required, light-dark(#a6210f, #ff9c8a));
  --warning: var(--referral-guide-warning, light-dark(#8a4b00, #ffc06b));
  --prompt: var(--referral-guide-prompt, light-dark(#1a56a0, #8ec1ff));
  --info: var(--referral-guide-info, light-dark(#484e53, #b4bcc2));
}
:host([hidden]), [hidden] { display: none !important; }
[part=panel] { color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 1rem; font: inherit; line-height: 1.45; }
[part=title] { font-size: 1.15em; line-height: 1.25; margin: 0 0 .5rem; }
[part=empty] { margin: 0; color: var(--dim); }
[part=list] { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
[part=finding] { --tone: var(--info); border-inline-start: 4px solid var(--tone); padding-inline-start: .75rem; min-inline-size: 0; overflow-wrap: anywhere; }
[part=finding][data-severity=required] { --tone: var(--required); }
[part=finding][data-severity=warning] { --tone: var(--warning); }
[part=finding][data-severity=prompt] { --tone: var(--prompt); }
[part=tag] { color: var(--tone); margin-inline-end: .25em; }
p { margin: 0 0 .35rem; }
[part=answered] { color: var(--dim); }
.quotes { list-style: none; margin: 0 0 .35rem; padding: 0; }
[part=quote] { margin-block: .15rem; }
q { font-style: italic; unicode-bidi: isolate; }
[part=message], [part=quote] { unicode-bidi: plaintext; text-align: start; }
[part=button] { font: inherit; color: var(--link); background: none; border: 0; padding: .25rem 0; min-block-size: 1.75rem; text-decoration: underline; text-underline-offset: .15em; cursor: pointer; }
summary { color: var(--link); cursor: pointer; padding-block: .25rem; inline-size: fit-content; }
details > :not(summary) { margin-inline-start: 1rem; }
[part=source] { color: var(--dim); font-size: .9em; }
label { display: block; }
textarea { display: block; box-sizing: border-box; inline-size: 100%; font: inherit; color: inherit; background: var(--paper); border: 2px solid var(--dim); padding: .35rem; margin-block: .25rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 0; box-shadow: 0 0 0 5px var(--ink); }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (min-width: 44rem) { [part=list] { grid-template-columns: 1fr 1fr; } }
@media (forced-colors: active) {
  [part=finding] { border-inline-start-color: CanvasText; }
  [part=tag] { color: CanvasText; border: 1px solid CanvasText; padding-inline: .3em; }
  :focus-visible { outline-color: Highlight; box-shadow: none; }
}
`;

/** @type {CSSStyleSheet | undefined} */
let shared;

/** One sheet for every panel of the page. */
export function sheet() {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(CSS);
  }
  return shared;
}
