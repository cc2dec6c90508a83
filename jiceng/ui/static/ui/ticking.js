// Lists to tick: inside [data-ticks], the buttons [data-tick="all"] and [data-tick="none"] tick every
// box at once, and [data-ticked] tells how many are. Without a script the buttons stay hidden.
export function hookTicking(root) {
  for (const form of root.querySelectorAll("[data-ticks]:not([data-hooked])")) {
    form.dataset.hooked = "";
    hookTicks(form, [...form.querySelectorAll("td > input[type=checkbox]")]);
  }
}

function hookTicks(form, boxes) {
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    for (const place of form.querySelectorAll("[data-ticked]")) place.textContent = ticked;
  };
  for (const button of form.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.tick === "all";
      tell();
    });
  }
  form.addEventListener("change", tell);
  for (const place of form.querySelectorAll("[data-ticking]")) place.hidden = false;
  tell();
}
