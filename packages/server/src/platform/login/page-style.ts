// The look of the login pages: the phone's colours and measures, in one small file and without a script.

export const STYLE = `:root {
  color-scheme: light dark;
  --page: light-dark(#eef2f3, #0a1115);
  --surface: light-dark(#ffffff, #131d23);
  --line: light-dark(#d8e1e5, #25343d);
  --ink: light-dark(#14242d, #e8f0f3);
  --ink-soft: light-dark(#4a5d68, #a3b5bf);
  --accent: light-dark(#0f5d75, #6cc3dc);
  --accent-wash: light-dark(#e0eef2, #17303a);
  --mine: light-dark(#0f5d75, #17627a);
  --alert: light-dark(#b3321f, #ff9b85);
  --shadow: light-dark(rgb(20 50 65 / 0.22), rgb(0 0 0 / 0.6));
}
*, *::before, *::after { box-sizing: border-box; }
html { height: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  display: grid; place-items: center; min-height: 100%; margin: 0; padding: 1.5rem 1rem;
  background: var(--page); color: var(--ink);
  font: 0.9375rem / 1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans", sans-serif;
}
main {
  width: 100%; max-width: 25rem; padding: 2rem 1.75rem 1.5rem; border: 1px solid var(--line); border-radius: 18px;
  background: var(--surface); box-shadow: 0 18px 40px -22px var(--shadow);
}
h1 { margin: 0 0 0.5rem; font-size: 1.25rem; line-height: 1.3; text-wrap: balance; }
p { margin: 0 0 1rem; color: var(--ink-soft); overflow-wrap: anywhere; }
.brand { margin: 0 0 1.25rem; color: var(--accent); font-weight: 700; letter-spacing: 0.01em; }
.people { display: grid; gap: 0.5rem; max-height: 24rem; margin: 0 0 1rem; padding: 2px; overflow: auto; list-style: none; }
.person { display: flex; align-items: center; gap: 0.75rem; min-width: 0; text-align: start; }
.people button {
  width: 100%; padding: 0.65rem 0.75rem; border: 1px solid var(--line); border-radius: 14px;
  background: none; color: inherit; font: inherit; cursor: pointer;
}
.people button:hover { border-color: var(--accent); background: var(--accent-wash); }
.face {
  display: grid; flex: none; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  background: var(--accent-wash); color: var(--accent); font-weight: 700; object-fit: cover;
}
.name { display: block; font-weight: 600; color: var(--ink); }
.status { display: block; overflow: hidden; color: var(--ink-soft); font-size: 0.8125rem; text-overflow: ellipsis; white-space: nowrap; }
.person > span:last-child { min-width: 0; }
.asks { margin: 0 0 1rem; padding: 0.25rem 0; border-block: 1px solid var(--line); list-style: none; }
.asks li { padding: 0.55rem 0; }
.asks li + li { border-top: 1px solid var(--line); }
label { display: flex; align-items: flex-start; gap: 0.6rem; margin: 0 0 1rem; cursor: pointer; }
input[type="checkbox"] { width: 1.15rem; height: 1.15rem; margin: 0.1rem 0 0; accent-color: var(--mine); }
.choices { display: grid; gap: 0.5rem; margin-top: 1.25rem; }
.button {
  padding: 0.7rem 1.25rem; border: 0; border-radius: 999px; background: var(--mine); color: #fff;
  font: inherit; font-weight: 600; cursor: pointer;
}
.button:hover { filter: brightness(1.12); }
.plain { background: none; color: var(--accent); }
.plain:hover { background: var(--accent-wash); filter: none; }
.wrong { color: var(--alert); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
