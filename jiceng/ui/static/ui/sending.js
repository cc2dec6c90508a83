// A form that is on its way is not sent again by a second click; the server would refuse it, but
// the person should not have to read that.
export function sendOnce(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.ariaBusy === "true") event.preventDefault();
    form.ariaBusy = "true";
  });
  page.body.addEventListener("htmx:afterRequest", (event) => free(event.target.closest("form")));
  window.addEventListener("pageshow", () => [...page.forms].forEach(free));
}

function free(form) {
  form?.removeAttribute("aria-busy");
}
