// Put a kept form's fields back into the form they came from, in place of the plain offer.
const NOT_FILLED = new Set(["csrfmiddlewaretoken", "key"]);

export function offerCarried(page) {
  const offer = page.querySelector("[data-carried]");
  if (!offer) return;
  const kept = offer.querySelector("form");
  const form = formSentTo(page, kept);
  if (!form) return;
  fill(form, new FormData(kept));
  kept.remove();
  form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function formSentTo(page, kept) {
  return [...page.forms].find(
    (form) => form !== kept && form.method === "post" && pathOf(form) === pathOf(kept),
  );
}

// An address without its query; a form may have a field named "action".
function pathOf(form) {
  return new URL(form.getAttribute("action") || location.href, location.href).pathname;
}

function fill(form, fields) {
  for (const name of new Set(fields.keys())) {
    if (NOT_FILLED.has(name)) continue;
    const values = fields.getAll(name);
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      set(input, values);
    }
  }
}

function set(input, values) {
  if (input.type === "checkbox" || input.type === "radio") {
    input.checked = values.includes(input.value);
  } else if (input.multiple) {
    for (const option of input.options) option.selected = values.includes(option.value);
  } else if (input.type !== "file") {
    input.value = values.shift() ?? "";
  }
}
