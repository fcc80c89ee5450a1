// The overview: arrows go from tile to tile at once, without the server; a button prints.
document.addEventListener('keydown', event => {
  const tile = event.target instanceof Element ? event.target.closest('[data-tile]') : null;
  if (!tile || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) {
    return;
  }

  const tiles = [...document.querySelectorAll('[data-tile]')];
  const at = tiles.indexOf(tile);
  const row = tiles.findIndex(other => other.offsetTop > tiles[0].offsetTop);
  const wide = row < 0 ? tiles.length : row;
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + wide, ArrowUp: at - wide, Home: 0, End: tiles.length - 1 }[event.key];
  if (to !== undefined && tiles[to]) {
    event.preventDefault();
    tiles[to].focus();
  } else if (event.key === 'i') {
    event.preventDefault();
    tile.click();
  }
});
document.addEventListener('click', event => {
  if (event.target instanceof Element && event.target.closest('[data-overview-print]')) {
    print();
  }
});
