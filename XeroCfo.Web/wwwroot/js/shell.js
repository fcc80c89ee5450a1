// Runs before the first paint: theme and drawer as this browser remembers them. No other script runs inline.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = (key, fallback) => { try { return localStorage.getItem(key) ?? fallback; } catch { return fallback; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: not remembered */ } };
  const paint = () => {
    const choice = read('xerocfo.theme', 'system');
    root.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
  };

  paint();
  root.dataset.drawer = read('xerocfo.drawer', 'open');
  dark.addEventListener('change', paint);

  window.xeroCfo = {
    theme: () => read('xerocfo.theme', 'system'),
    setTheme: choice => { write('xerocfo.theme', choice); paint(); },
    toggleDrawer: () => {
      root.dataset.drawer = root.dataset.drawer === 'open' ? 'collapsed' : 'open';
      write('xerocfo.drawer', root.dataset.drawer);
    },
    focusMain: () => document.getElementById('main')?.focus(),
  };

  // Copying from one figure gives the plain number.
  document.addEventListener('copy', event => {
    const selection = getSelection();
    const node = selection?.anchorNode;
    const figure = (node instanceof Element ? node : node?.parentElement)?.closest('.money[data-n]');
    if (figure && selection.focusNode && figure.contains(selection.focusNode)) {
      event.clipboardData.setData('text/plain', figure.dataset.n);
      event.preventDefault();
    }
  });

  // A choice closes its menu.
  document.addEventListener('click', event => {
    const menu = event.target instanceof Element ? event.target.closest('.item')?.closest('[popover]') : null;
    menu?.hidePopover();
  });

  // A lost circuit: a bar on top, controls disabled, typed text kept.
  document.addEventListener('DOMContentLoaded', () => {
    const bar = document.getElementById('components-reconnect-modal');
    bar?.addEventListener('components-reconnect-state-changed', event => {
      const state = event.detail.state;
      document.querySelector('.shell')?.toggleAttribute('inert', state !== 'hide');
      if (state === 'rejected') {
        location.reload();
      }
    });
    document.getElementById('reconnect-retry')?.addEventListener('click', async () => {
      const back = await Blazor.reconnect().catch(() => false);
      if (!back) {
        location.reload();
      }
    });
  });
})();
