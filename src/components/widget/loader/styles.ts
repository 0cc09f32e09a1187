/** In a constructed sheet, which a page's style-src does not concern. Every length is our own: a page's rules end at the shadow. */
export const STYLES = `
:host { all: initial; position: fixed; z-index: 2147483000; inset: auto; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.launcher { position: fixed; bottom: max(20px, env(safe-area-inset-bottom)); inline-size: 56px; block-size: 56px; border: 0; border-radius: 50%;
  background: var(--accent); color: var(--ink); cursor: pointer; display: grid; place-items: center; padding: 0;
  box-shadow: 0 1px 2px rgb(0 0 0 / .12), 0 6px 20px rgb(0 0 0 / .18); transition: transform .14s ease-out; }
.launcher:hover { transform: scale(1.05); }
.launcher:focus-visible, .peek:focus-visible, .dismiss:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.right .launcher, .right .frame { right: 20px; } .left .launcher, .left .frame { left: 20px; }
.launcher svg { inline-size: 26px; block-size: 26px; }
.badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; block-size: 22px; padding: 0 6px; border-radius: 11px;
  background: #c0223b; color: #fff; font: 600 12px/22px system-ui, sans-serif; text-align: center; box-shadow: 0 0 0 2px #fff; }
.frame { position: fixed; bottom: calc(max(20px, env(safe-area-inset-bottom)) + 68px); inline-size: 380px; block-size: min(640px, calc(100dvh - 112px)); border: 0;
  border-radius: 16px; background: Canvas; color-scheme: inherit; box-shadow: 0 2px 6px rgb(0 0 0 / .1), 0 16px 48px rgb(0 0 0 / .22); }
.note { position: fixed; bottom: calc(max(20px, env(safe-area-inset-bottom)) + 68px); max-inline-size: min(300px, calc(100vw - 40px)); display: flex; align-items: start; gap: 4px;
  background: #fff; color: #1d2a2e; border-radius: 14px; padding: 4px; box-shadow: 0 1px 2px rgb(0 0 0 / .1), 0 8px 28px rgb(0 0 0 / .18); font: 400 14px/1.6 system-ui, sans-serif; }
.right .note { right: 20px; } .left .note { left: 20px; }
.peek { all: unset; cursor: pointer; padding: 8px 10px; border-radius: 10px; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.peek b { display: block; font-weight: 600; } .peek span { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
.dismiss { all: unset; cursor: pointer; inline-size: 44px; block-size: 44px; flex: none; text-align: center; line-height: 44px; border-radius: 10px; font-size: 20px; color: #56656b; }
[hidden] { display: none !important; }
@media (prefers-color-scheme: dark) { .auto .note { background: #232c30; color: #e8eef0; } .auto .dismiss { color: #b3bfc4; } }
.dark .note { background: #232c30; color: #e8eef0; } .dark .dismiss { color: #b3bfc4; }
@media (max-width: 480px), (max-height: 420px) {
  .frame { inset: 0 !important; inline-size: 100%; block-size: 100%; border-radius: 0; }
  .open .launcher { display: none; }
}
@media (prefers-reduced-motion: reduce) { .launcher { transition: none; } }
@media print { :host { display: none; } }
`
