// Keys of the list of transactions: moving is done here, at once; what changes something goes to the page. While the page answers, keys wait in order, so that
// nobody who types fast loses a letter.
const printable = event => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
const lettersAct = () => { try { return localStorage.getItem('xerocfo.keys') !== 'off'; } catch { return true; } };
const patience = 5000;
const phone = matchMedia('(max-width: 767px)');

export function attach(box, page) {
  const rows = () => [...box.querySelectorAll('tr[data-id]')].filter(row => row.getClientRects().length > 0);
  const picker = () => document.querySelector('.picker');
  const rowOf = element => element instanceof Element ? element.closest('tr[data-id]') : null;
  let held = null;
  let waiting = 0;
  let looked = 0;
  let inCell = false;

  const hold = () => {
    held ??= [];
    clearTimeout(waiting);
    waiting = setTimeout(release, patience);
  };
  const release = () => {
    clearTimeout(waiting);
    const keys = held ?? [];
    held = null;
    while (keys.length > 0 && held === null) {
      const key = keys.shift();
      if (!act(key, true)) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: key.key, shiftKey: key.shift, ctrlKey: key.ctrl, bubbles: true, cancelable: true }));
      }
    }

    held?.push(...keys);
  };
  const ask = (name, ...values) => {
    hold();
    return page.invokeMethodAsync(name, ...values).then(waits => { if (!waits) { release(); } }, release);
  };

  const focus = (row, cell) => {
    for (const other of box.querySelectorAll('tr[data-id][tabindex="0"]')) {
      other.tabIndex = -1;
    }

    row.tabIndex = 0;
    (cell ? row.querySelector('[data-cell]') ?? row : row).focus();
    row.scrollIntoView({ block: 'nearest' });
  };
  const move = (row, key) => {
    const all = rows();
    const at = all.indexOf(row);
    const page = Math.max(1, Math.floor(innerHeight / 40) - 8);
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: all.length - 1, PageDown: at + page, PageUp: at - page }[key];
    return to === undefined ? null : all[Math.min(Math.max(to, 0), all.length - 1)];
  };

  const inPicker = (open, key) => {
    const input = open.querySelector('input');
    if (['Enter', 'Tab', 'ArrowDown', 'ArrowUp', 'Escape'].includes(key.key)) {
      ask('PickerKeyAsync', key.key, key.shift, key.ctrl, input.value);
      return true;
    }

    if (key.again && key.key.length === 1) {
      input.value += key.key;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      return true;
    }

    return false;
  };

  const onRow = (row, key, cell) => {
    const name = key.key;
    if (key.ctrl) {
      return name.toLowerCase() === 'a' ? (ask('KeyAsync', 'all', row.dataset.id, ''), true) : false;
    }

    if (cell && name.length === 1 && name !== ' ' && lettersAct()) {
      ask('KeyAsync', 'type', row.dataset.id, name);
      return true;
    }

    if (name.length === 1 && name !== ' ' && !lettersAct()) {
      return false;
    }

    const to = move(row, name);
    if (to) {
      if (key.shift && name.startsWith('Arrow')) {
        ask('ExtendAsync', row.dataset.id, to.dataset.id);
      }

      focus(to, cell);
      return true;
    }

    switch (name) {
      case 'ArrowRight': focus(row, true); return true;
      case 'ArrowLeft': focus(row, false); return true;
      case ' ': ask('KeyAsync', 'select', row.dataset.id, ''); return true;
      case 'Enter': ask('KeyAsync', cell ? 'type' : 'open', row.dataset.id, ''); return true;
      case 'c': case 'a': case 'x': ask('KeyAsync', name, row.dataset.id, ''); return true;
      case 'r': ask('KeyAsync', 'rule', row.dataset.id, ''); return true;
      case 'o':
        if (row.dataset.xero) {
          open(row.dataset.xero, '_blank', 'noopener');
        }

        return true;
      default: return false;
    }
  };

  // True when the key was ours.
  const act = (key, again) => {
    key = { ...key, again };
    const shown = picker();
    if (shown) {
      return inPicker(shown, key);
    }

    const row = rowOf(document.activeElement) ?? (again ? box.querySelector('tr[data-id][tabindex="0"]') : null);
    if (row) {
      return onRow(row, key, document.activeElement?.matches('[data-cell]') ?? false);
    }

    if ((key.key === 'j' || key.key === 'k') && lettersAct() && rows().length > 0) {
      focus(box.querySelector('tr[data-id][tabindex="0"]') ?? rows()[0], false);
      return true;
    }

    return false;
  };

  const onKey = event => {
    if (event.isComposing || event.metaKey || event.altKey || event.defaultPrevented) {
      return;
    }

    const target = event.target instanceof Element ? event.target : document.body;
    const inside = target.closest('.picker');
    if (held !== null) {
      if ((printable(event) || ['Enter', 'Tab', 'Escape', 'ArrowDown', 'ArrowUp'].includes(event.key)) && (inside || rowOf(target) || target === document.body)) {
        held.push({ key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey });
        event.preventDefault();
        event.stopPropagation();
      }

      return;
    }

    // A button or link within a row keeps its own Enter and Space; so does every field but the picker's.
    if (!inside && (target.matches('input:not([type=checkbox]), select, textarea, [contenteditable]') || (target.matches('input') && !rowOf(target)) || (target.matches('a, button:not([data-cell])') && ['Enter', ' '].includes(event.key))
      || (!rowOf(target) && (target.closest('dialog, [popover], details[open]') || event.ctrlKey)))) {
      return;
    }

    if (act({ key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey }, false)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const onFocus = event => {
    const row = rowOf(event.target);
    if (!row) {
      return;
    }

    for (const other of box.querySelectorAll('tr[data-id][tabindex="0"]')) {
      if (other !== row) {
        other.tabIndex = -1;
      }
    }

    row.tabIndex = 0;
    clearTimeout(looked);
    looked = setTimeout(() => page.invokeMethodAsync('FocusedAsync', row.dataset.id), 150);
  };

  const onWidth = () => page.invokeMethodAsync('ResizedAsync');

  phone.addEventListener('change', onWidth);
  document.addEventListener('keydown', onKey, true);
  box.addEventListener('focusin', onFocus);
  return {
    // The picker stands under its row's cell, within the window; then it takes what was typed meanwhile.
    place: id => {
      const shown = picker();
      const row = [...box.querySelectorAll('[data-id]')].find(candidate => candidate.dataset.id === id && candidate.getClientRects().length > 0);
      const anchor = (row?.querySelector('[data-cell]') ?? document.querySelector('.selection'))?.getBoundingClientRect();
      inCell = row?.contains(document.activeElement) === true && document.activeElement.matches('[data-cell]');
      if (shown && anchor && innerWidth > 767) {
        shown.style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - shown.offsetWidth - 8))}px`;
        const below = anchor.bottom + 4;
        shown.style.top = `${below + shown.offsetHeight > innerHeight - 8 ? Math.max(8, anchor.top - shown.offsetHeight - 4) : below}px`;
      }

      const input = shown?.querySelector('input');
      input?.focus();
      input?.setSelectionRange(input.value.length, input.value.length);
      release();
    },
    focusRow: id => {
      const row = rows().find(candidate => candidate.dataset.id === id);
      if (row) {
        focus(row, inCell);
      }

      release();
    },
    focusFirst: () => {
      const first = rows()[0];
      if (first) {
        focus(first, false);
      }

      release();
    },
    focusOn: selector => { document.querySelector(selector)?.focus(); release(); },
    // After other rows came: one of them is the tab stop.
    settle: () => {
      const stops = box.querySelectorAll('tr[data-id][tabindex="0"]');
      if (stops.length !== 1) {
        stops.forEach((stop, index) => { stop.tabIndex = index === 0 ? 0 : -1; });
        if (stops.length === 0 && rows().length > 0) {
          rows()[0].tabIndex = 0;
        }
      }
    },
    narrow: () => phone.matches,
    density: () => window.xeroCfo.density(),
    setDensity: choice => window.xeroCfo.setDensity(choice),
    detach: () => {
      clearTimeout(waiting);
      clearTimeout(looked);
      phone.removeEventListener('change', onWidth);
      document.removeEventListener('keydown', onKey, true);
      box.removeEventListener('focusin', onFocus);
    },
  };
}
