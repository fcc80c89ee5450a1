// A report's table: arrows move from figure to figure, sections fold, rows are found, two figures are chosen; all at once, without the server. What a person
// folded and opened stays with this browser.
const lettersAct = () => { try { return localStorage.getItem('xerocfo.keys') !== 'off'; } catch { return true; } };
const read = (key, fallback) => { try { return JSON.parse(localStorage.getItem(key)) ?? fallback; } catch { return fallback; } };
const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private window: not remembered */ } };
const shown = element => element.getClientRects().length > 0;
const most = 8;

export const recent = owner => read('xerocfo.reports.recent.' + owner, []);

export function remember(owner, report) {
  if (owner && report) {
    // What is opened of a report is no report of its own.
    const href = new URL(report.href, document.baseURI);
    ['cell', 'with', 'account', 'after'].forEach(name => href.searchParams.delete(name));
    const entry = { ...report, href: href.pathname.slice(1) + href.search };
    const place = other => other.href.split('?')[0] + other.days;
    write('xerocfo.reports.recent.' + owner, [entry, ...recent(owner).filter(other => place(other) !== place(entry))].slice(0, most));
  }
}

export function attach(box, owner, report) {
  remember(owner, report);
  const key = () => 'xerocfo.reports.folded.' + box.dataset.report;
  const folded = () => new Set(read(key(), []));
  // Only what differs is written: every change is seen below.
  const set = (element, words) => { if (element.textContent !== words) { element.textContent = words; } };
  const say = words => set(box.querySelector('[data-said]'), words);
  const cells = () => [...box.querySelectorAll('a[data-cell]')].filter(shown);
  let marked = null;

  const apply = () => {
    const closed = folded();
    for (const body of box.querySelectorAll('tbody[data-section]')) {
      const isClosed = closed.has(body.dataset.section);
      body.toggleAttribute('data-folded', isClosed);
      body.querySelector('[data-fold]')?.setAttribute('aria-expanded', isClosed ? 'false' : 'true');
    }

    const sections = [...box.querySelectorAll('tbody[data-section]')].filter(body => body.querySelector('[data-fold]'));
    const all = box.querySelector('[data-fold-all]');
    all.hidden = sections.length < 2;
    set(all, sections.length > 0 && sections.every(body => body.hasAttribute('data-folded')) ? 'Unfold all' : 'Fold all');
    const tabs = box.querySelectorAll('a[data-cell][tabindex="0"]');
    if (tabs.length !== 1 || !shown(tabs[0])) {
      tabs.forEach(tab => { tab.tabIndex = -1; });
      const first = cells()[0];
      if (first) { first.tabIndex = 0; }
    }

    find();
  };
  const fold = section => {
    const closed = folded();
    closed.has(section) ? closed.delete(section) : closed.add(section);
    write(key(), [...closed]);
    apply();
    say(closed.has(section) ? 'Folded' : 'Unfolded');
  };
  const foldAll = () => {
    const sections = [...box.querySelectorAll('tbody[data-section]')].filter(body => body.querySelector('[data-fold]')).map(body => body.dataset.section);
    const closed = folded();
    const open = sections.some(section => !closed.has(section));
    sections.forEach(section => open ? closed.add(section) : closed.delete(section));
    write(key(), [...closed]);
    apply();
  };
  const find = () => {
    const words = box.querySelector('[data-find-row]').value.trim().toLowerCase().split(/\s+/).filter(word => word);
    box.toggleAttribute('data-finding', words.length > 0);
    let count = 0;
    for (const row of box.querySelectorAll('tbody tr')) {
      const label = row.querySelector('th')?.textContent.toLowerCase() ?? '';
      const hit = words.every(word => label.includes(word));
      row.toggleAttribute('data-missed', !hit);
      count += hit ? 1 : 0;
    }

    if (words.length > 0) { say(count === 1 ? '1 row' : count + ' rows'); }
  };

  const focus = cell => {
    box.querySelectorAll('a[data-cell][tabindex="0"]').forEach(other => { other.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const move = (cell, name, ctrl) => {
    const row = cell.closest('tr');
    const inRow = [...row.querySelectorAll('a[data-cell]')].filter(shown);
    const at = inRow.indexOf(cell);
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: inRow.length - 1 }[name];
    if (step !== undefined && !(ctrl && (name === 'Home' || name === 'End'))) {
      return inRow[step] ?? cell;
    }

    const column = cell.dataset.cell.split('~').pop();
    const rows = cells().filter(other => other.dataset.cell.split('~').pop() === column);
    const now = rows.indexOf(cell);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, PageDown: now + 12, PageUp: now - 12, Home: 0, End: rows.length - 1 }[name];
    return to === undefined ? null : rows[Math.min(Math.max(to, 0), rows.length - 1)];
  };

  const unmark = () => {
    box.querySelectorAll('.marked').forEach(cell => cell.classList.remove('marked'));
    marked = null;
  };
  const choose = cell => {
    if (marked === null) {
      marked = cell.dataset.cell;
      cell.classList.add('marked');
      say('Choose the figure to compare it with: Shift and a click, or w');
    } else if (marked === cell.dataset.cell) {
      unmark();
      say('');
    } else {
      const address = new URL(location.href);
      address.searchParams.set('cell', marked);
      address.searchParams.set('with', cell.dataset.cell);
      ['account', 'after'].forEach(name => address.searchParams.delete(name));
      unmark();
      say('');
      Blazor.navigateTo(address.href);
    }
  };
  const isFigure = cell => !cell.dataset.cell.endsWith('~variance');

  box.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : box;
    const cell = target.closest('a[data-cell]');
    if (target.closest('[data-fold]')) {
      fold(target.closest('tbody').dataset.section);
    } else if (target.closest('[data-fold-all]')) {
      foldAll();
    } else if (cell && event.shiftKey && isFigure(cell)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      focus(cell);
      choose(cell);
    } else if (cell) {
      focus(cell);
    }
  }, true);
  box.addEventListener('input', event => {
    if (event.target.matches('[data-find-row]')) { find(); }
  });
  box.addEventListener('keydown', event => {
    const target = event.target;
    if (target.matches('[data-find-row]')) {
      if (event.key === 'Escape' && target.value) {
        event.stopPropagation();
        target.value = '';
        find();
      } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
        event.preventDefault();
        const first = cells()[0];
        if (first) { focus(first); }
      }

      return;
    }

    const cell = target.closest('a[data-cell]');
    if (!cell || event.altKey || event.metaKey || event.isComposing) {
      return;
    }

    const to = move(cell, event.key, event.ctrlKey);
    const section = cell.closest('tbody')?.dataset.section;
    if (to) {
      event.preventDefault();
      focus(to);
    } else if (event.key === ' ' && section) {
      event.preventDefault();
      fold(section);
      if (!shown(cell)) {
        const left = [...cell.closest('tbody').querySelectorAll('a[data-cell]')].filter(shown)[0] ?? cells()[0];
        if (left) { focus(left); }
      }
    } else if (event.key === 'Escape' && marked !== null) {
      event.preventDefault();
      event.stopPropagation();
      unmark();
      say('');
    } else if (event.key === 'w' && !event.ctrlKey && lettersAct() && isFigure(cell)) {
      event.preventDefault();
      choose(cell);
    } else if (event.key === 'n' && !event.ctrlKey && lettersAct() && document.querySelector('[data-note-row]')) {
      event.preventDefault();
      const row = document.querySelector('[data-note-row]');
      row.value = cell.closest('tr').dataset.key;
      row.dispatchEvent(new Event('change', { bubbles: true }));
      document.querySelector('[data-note-text]').focus();
    }
  });

  const panel = () => document.getElementById('drill');
  const backspace = event => {
    if (!document.body.contains(box)) {
      document.removeEventListener('keydown', backspace);
      return;
    }

    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key === 'Backspace' && !event.defaultPrevented && panel() && !target.closest('input, select, textarea')) {
      event.preventDefault();
      (panel().querySelector('[data-back]') ?? panel().querySelector('[aria-keyshortcuts="Escape"]'))?.click();
    }
  };
  document.addEventListener('keydown', backspace);

  // What the page draws anew is folded and found anew; the panel that closes gives the focus back to its figure.
  let was = box.dataset.open;
  const seen = new MutationObserver(changes => {
    if (changes.some(change => change.type === 'childList' && !change.target.closest?.('.table-tools'))) { apply(); }
    if (was !== box.dataset.open) {
      const left = was && !box.dataset.open ? box.querySelector(`a[data-cell="${CSS.escape(was)}"]`) : null;
      was = box.dataset.open;
      if (left && shown(left) && (document.activeElement === document.body || panel()?.contains(document.activeElement))) { focus(left); }
    }
  });
  seen.observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-open'] });
  apply();
}

document.addEventListener('click', event => {
  const target = event.target instanceof Element ? event.target : document.body;
  const file = target.closest('a[href*="/export/"]');
  const box = document.querySelector('.report-card[data-report]');
  if (target.closest('[data-print]')) {
    print();
  } else if (file && box) {
    // What is folded on the page is folded on paper.
    const address = new URL(file.href);
    const folded = [...box.querySelectorAll('[data-folded]')].map(body => body.dataset.section.split(':')[0]);
    folded.length > 0 ? address.searchParams.set('fold', folded.join(',')) : address.searchParams.delete('fold');
    file.href = address.href;
  }
}, true);
