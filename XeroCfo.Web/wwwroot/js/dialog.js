// A dialog over the page: the browser keeps the focus in it and gives it back when it goes.
export function show(dialog) {
  if (dialog && !dialog.open) {
    // The page takes it away itself: closed by the browser alone it would come back with the next drawing.
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.showModal();
    dialog.querySelector('input')?.focus();
  }
}
