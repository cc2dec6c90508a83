// Opens and closes a branch of the tree; its units are fetched once, when first opened.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-branch]");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
});

// A single root says little by itself: open it once htmx listens.
document.addEventListener("htmx:load", () => {
  const roots = document.querySelectorAll(".branch-root > li > .branch-row > [data-branch]");
  if (roots.length === 1 && roots[0].getAttribute("aria-expanded") === "false") roots[0].click();
}, { once: true });
