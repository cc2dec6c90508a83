// <button type="button" data-print>: opens the browser's print dialogue.
export function hookPrinting(root) {
  for (const button of root.querySelectorAll("[data-print]:not([data-hooked])")) {
    button.dataset.hooked = "";
    button.addEventListener("click", () => window.print());
  }
}
