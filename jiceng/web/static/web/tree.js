// Opens and closes a branch of the tree; its units are fetched once, when first opened.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-branch]");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
});
