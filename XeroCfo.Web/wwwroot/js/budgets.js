// A budget's grid: arrows and Enter move from cell to cell, a block of a spreadsheet is handed over as it is, Ctrl+R takes an amount to the end of the year.
export function attach(box, page) {
  const cellOf = target => target instanceof HTMLInputElement && target.dataset.row !== undefined ? target : null;
  const at = (row, column) => box.querySelector(`input[data-row="${row}"][data-column="${column}"]`);
  const go = cell => { if (cell) { cell.focus(); cell.select(); } };
  const place = cell => [Number(cell.dataset.row), Number(cell.dataset.column)];

  box.addEventListener('focusin', event => cellOf(event.target)?.select());
  box.addEventListener('keydown', event => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.metaKey) { return; }
    const [row, column] = place(cell);
    const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const atStart = all || (cell.selectionStart === 0 && cell.selectionEnd === 0);
    const atEnd = all || cell.selectionStart === cell.value.length;
    let next = null;
    if (event.ctrlKey) {
      if (event.key.toLowerCase() === 'r') {
        event.preventDefault();
        cell.dispatchEvent(new Event('change', { bubbles: true }));
        page.invokeMethodAsync('FillAsync', row, column);
      }

      return;
    }

    switch (event.key) {
      case 'ArrowUp': next = at(row - 1, column); break;
      case 'ArrowDown': next = at(row + 1, column); break;
      case 'Enter': next = at(row + (event.shiftKey ? -1 : 1), column); break;
      case 'ArrowLeft': next = atStart ? at(row, column - 1) : null; break;
      case 'ArrowRight': next = atEnd ? at(row, column + 1) : null; break;
      default: return;
    }

    if (next) {
      event.preventDefault();
      go(next);
    }
  });
  box.addEventListener('paste', event => {
    const cell = cellOf(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (cell && /[\t\n]/.test(text.trim())) {
      event.preventDefault();
      const [row, column] = place(cell);
      page.invokeMethodAsync('PasteAsync', row, column, text.replace(/\r?\n$/, ''));
    }
  });
}
