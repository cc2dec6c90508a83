// A table wider than the screen is scrolled in its own frame; the keyboard must be able to do it too.
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const wider = target.scrollWidth > target.clientWidth;
    if (wider) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

export function hookScrolling(root) {
  for (const frame of root.querySelectorAll(".table-scroll")) watcher.observe(frame);
  // What ends with the latest begins where it is seen.
  for (const frame of root.querySelectorAll("[data-scroll-end]")) frame.scrollLeft = frame.scrollWidth;
}
