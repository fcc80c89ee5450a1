// A dialog over the page: the browser keeps the focus in it; when the page takes it away, the focus goes back to where it came from.
export function show(dialog) {
  if (!dialog || dialog.open) {
    return;
  }

  const opener = document.activeElement;
  const gone = new MutationObserver(() => {
    if (!dialog.isConnected) {
      gone.disconnect();
      // After the page has tried to keep the focus on what it took away.
      setTimeout(() => { if (document.activeElement === document.body) { opener?.focus(); } });
    }
  });
  gone.observe(document.body, { childList: true, subtree: true });
  // Closed by the browser alone it would come back with the next drawing.
  dialog.addEventListener('cancel', event => event.preventDefault());
  dialog.showModal();
  dialog.querySelector('input')?.focus();
}
