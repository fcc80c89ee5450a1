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
  root.dataset.density = read('xerocfo.density', 'compact');
  dark.addEventListener('change', paint);
  // Paper is white.
  addEventListener('beforeprint', () => { root.dataset.theme = 'light'; });
  addEventListener('afterprint', paint);

  window.xeroCfo = {
    theme: () => read('xerocfo.theme', 'system'),
    setTheme: choice => { write('xerocfo.theme', choice); paint(); },
    toggleDrawer: () => {
      root.dataset.drawer = root.dataset.drawer === 'open' ? 'collapsed' : 'open';
      write('xerocfo.drawer', root.dataset.drawer);
    },
    density: () => root.dataset.density,
    setDensity: choice => { root.dataset.density = choice; write('xerocfo.density', choice); },
    // When this browser last looked, ISO; null the first time. Stays the same while this window lives, so that a reload forgets nothing.
    lastVisit: name => {
      const key = 'xerocfo.visit.' + name;
      try {
        const before = sessionStorage.getItem(key) ?? read(key, '');
        sessionStorage.setItem(key, before);
        write(key, new Date().toISOString());
        return before || null;
      } catch { return null; }
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

  // A button that copies what a field holds.
  document.addEventListener('click', async event => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    const field = button && document.getElementById(button.dataset.copy);
    if (field) {
      field.select();
      try { await navigator.clipboard.writeText(field.value); button.textContent = 'Copied'; } catch { /* plain http: it is selected, to be copied by hand */ }
    }
  });

  // The second click of a double click does not do a thing again.
  document.addEventListener('click', event => {
    if (event.detail > 1 && event.target instanceof Element && event.target.closest('form button[type=submit], .btn.primary, .btn.danger')) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // A choice closes its menu.
  document.addEventListener('click', event => {
    const menu = event.target instanceof Element ? event.target.closest('.item')?.closest('[popover]') : null;
    menu?.hidePopover();
  });

  // A small form under its button closes when the person goes elsewhere, chooses from its list, or says Esc.
  const closeForm = form => {
    form.open = false;
    form.querySelector('summary').focus();
  };
  const leaveForms = event => {
    for (const form of document.querySelectorAll('details.chip-form[open]')) {
      if (!form.contains(event.target)) {
        form.open = false;
      }
    }
  };
  document.addEventListener('pointerdown', leaveForms);
  document.addEventListener('focusin', leaveForms);
  document.addEventListener('click', event => {
    const form = event.target instanceof Element && event.target.closest('.choice-list button')?.closest('details.chip-form[open]');
    if (form) {
      closeForm(form);
    }
  });
  document.addEventListener('keydown', event => {
    const form = event.target instanceof Element ? event.target.closest('details.chip-form[open]') : null;
    if (event.key === 'Escape' && form) {
      event.stopImmediatePropagation();
      closeForm(form);
    }
  });

  // The box that finds: opened and moved through here, so that no key waits for the server.
  const find = () => document.getElementById('find');
  const findings = () => [...find().querySelectorAll('[role="option"]')];
  const choose = option => {
    findings().forEach(other => other.setAttribute('aria-selected', other === option));
    const text = document.getElementById('find-text');
    option ? text.setAttribute('aria-activedescendant', option.id) : text.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };
  // At once, not with the event that comes later: what is typed by then would be selected and lost.
  const opened = () => {
    const text = document.getElementById('find-text');
    if (find().matches(':popover-open') && document.activeElement !== text) {
      choose(null);
      text.focus();
      text.select();
    }
  };
  // Enter means what is found for the very text: while that is looked for, it waits.
  let looking = null;
  const enter = () => {
    const list = document.getElementById('find-list');
    looking?.disconnect();
    looking = null;
    if (list.dataset.for === document.getElementById('find-text').value.trim()) {
      const options = findings();
      (options.find(option => option.getAttribute('aria-selected') === 'true') ?? options[0])?.click();
    } else {
      looking = new MutationObserver(enter);
      looking.observe(list, { attributes: true, attributeFilter: ['data-for'] });
    }
  };
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k' && find()) {
      event.preventDefault();
      find().togglePopover();
      opened();
    } else if (event.target.id === 'find-text' && !event.isComposing) {
      const options = findings();
      const at = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const next = at < 0 && event.key === 'ArrowDown' ? 0 : at + (event.key === 'ArrowDown' ? 1 : -1);
        choose(options[(next + options.length) % options.length]);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        enter();
      }
    }
  });
  document.addEventListener('input', event => {
    if (event.target.id === 'find-text') {
      looking?.disconnect();
      choose(null);
    }
  });
  document.addEventListener('toggle', event => {
    if (event.target.id === 'find') {
      // The event of its opening may come after the first keys, and what Enter waits for by then stays.
      if (event.newState === 'closed') {
        looking?.disconnect();
      }
      opened();
    }
  }, true);
  // A page that comes in takes the focus to its title; not from somebody who types already.
  document.addEventListener('focusin', event => {
    if (find()?.matches(':popover-open') && !find().contains(event.target)) {
      document.getElementById('find-text').focus();
    }
  });

  // Keys: whatever says aria-keyshortcuts is pressed (a field: focused) by them, but never while a field or a menu is open for typing.
  // Of several the one in the row that has the focus is meant.
  const pressKey = key => {
    const controls = [...document.querySelectorAll('[aria-keyshortcuts]')].filter(control =>
      control.getAttribute('aria-keyshortcuts').split(' ').includes(key) && !control.disabled && control.getClientRects().length > 0);
    const row = document.activeElement?.closest('[data-row]');
    return controls.find(control => row?.contains(control)) ?? controls[0];
  };
  let goneAt = -Infinity;
  const moveRow = down => {
    const rows = [...document.querySelectorAll('[data-row]')].filter(row => row.getClientRects().length > 0);
    const at = rows.indexOf(document.activeElement);
    const start = at < 0 ? rows.findIndex(row => row.getAttribute('aria-expanded') === 'true') : at + (down ? 1 : -1);
    rows[Math.min(Math.max(start, 0), rows.length - 1)]?.focus();
    return rows.length > 0;
  };
  document.addEventListener('keydown', event => {
    const key = event.key;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey
      || target.closest('input, select, textarea, [contenteditable]') || document.querySelector(':popover-open, dialog:modal')
      || (key.length === 1 && key !== '?' && ((event.shiftKey && key !== '%') || read('xerocfo.keys', 'on') === 'off'))) {
      return;
    }

    const upOrDown = key === 'ArrowUp' || key === 'ArrowDown';
    // What has arrows of its own keeps them: links and buttons the browser's scrolling, a table that scrolls, the strip of months.
    if (key.startsWith('Arrow') && target.matches('a, button:not([data-row]), summary, [tabindex="0"]')) {
      return;
    }

    // g and a letter lead to a page.
    const going = event.timeStamp - goneAt < 1500 ? document.querySelector(`.drawer [data-go="${CSS.escape(key)}"]`) : null;
    goneAt = key === 'g' ? event.timeStamp : -Infinity;
    if (going) {
      event.preventDefault();
      going.click();
      return;
    }

    const control = upOrDown ? null : pressKey(key);
    if (upOrDown ? moveRow(key === 'ArrowDown') : control) {
      event.preventDefault();
      control?.[control.matches('input, select, textarea') ? 'focus' : 'click']();
    }
  });
  document.addEventListener('toggle', event => {
    const box = event.target instanceof Element ? event.target.querySelector('[data-keys-switch]') : null;
    if (box) {
      box.checked = read('xerocfo.keys', 'on') === 'on';
    }
  }, true);
  document.addEventListener('change', event => {
    if (event.target instanceof Element && event.target.matches('[data-keys-switch]')) {
      write('xerocfo.keys', event.target.checked ? 'on' : 'off');
    }
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
