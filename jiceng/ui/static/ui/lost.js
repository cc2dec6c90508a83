// When the server cannot be reached or fails, say so where refusals are said.
export function tellOfLostConnection(page) {
  const place = page.getElementById("refusals");
  const say = () => {
    const sentence = page.createElement("p");
    sentence.textContent = page.body.dataset.lost;
    place.replaceChildren(sentence);
  };
  page.body.addEventListener("htmx:sendError", say);
  page.body.addEventListener("htmx:responseError", say);
  page.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb !== "get") place.replaceChildren();
  });
}
