// On a narrow screen the navigation is scrolled sideways: the entry one stands on must be seen.
export function showHere(root) {
  const entry = root.querySelector(".frame-nav [aria-current]");
  const list = entry?.closest("ul");
  if (!list || list.scrollWidth <= list.clientWidth) return;
  list.scrollLeft = entry.offsetLeft - (list.clientWidth - entry.offsetWidth) / 2;
}
