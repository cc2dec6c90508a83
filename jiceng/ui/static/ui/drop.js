// A file field into which files can be dropped: [data-drop] around <input type="file">.
// An element [data-drop-name] inside shows the chosen file's name and size.
export function hookDrops(root) {
  for (const area of root.querySelectorAll("[data-drop]:not([data-hooked])")) {
    area.dataset.hooked = "";
    hookDrop(area, area.querySelector("input[type=file]"));
  }
}

function hookDrop(area, input) {
  const mark = (over) => (event) => {
    event.preventDefault();
    area.classList.toggle("drop-over", over);
  };
  area.addEventListener("dragover", mark(true));
  area.addEventListener("dragleave", mark(false));
  area.addEventListener("drop", (event) => {
    mark(false)(event);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => describe(area, input));
}

function describe(area, input) {
  const place = area.querySelector("[data-drop-name]");
  if (!place) return;
  place.textContent = [...input.files].map((file) => `${file.name}（${sizeOf(file)}）`).join("、");
}

function sizeOf(file) {
  const kilobytes = file.size / 1024;
  return kilobytes < 1024 ? `${Math.ceil(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
