// Search as you type: the ARIA combobox. Hooks:
//   [data-picker=URL]      around it; the URL answers ?q= with elements of role="option"
//   [data-picker-input]    what is typed into
//   [data-picker-list]     where the options go; its data-empty is said when there are none
//   [data-picker-value]    hidden input that takes the chosen option's data-value
//   [data-picker-go]       on the outer element: follow the option's address instead
const WAIT_MS = 180;
let made = 0;

export function hookPickers(root) {
  for (const box of root.querySelectorAll("[data-picker]:not([data-hooked])")) {
    box.dataset.hooked = "";
    if (box.dataset.picker) new Picker(box);
  }
}

class Picker {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("[data-picker-input]");
    this.list = box.querySelector("[data-picker-list]");
    this.value = box.querySelector("[data-picker-value]");
    this.options = [];
    this.at = -1;
    this.#describe();
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#pressed(event));
    this.input.addEventListener("blur", () => this.#close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#clicked(event));
  }

  #describe() {
    this.list.id ||= `picker-${(made += 1)}`;
    this.list.setAttribute("role", "listbox");
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  #typed() {
    if (this.value) this.value.value = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), WAIT_MS);
  }

  async #ask() {
    this.asking?.abort();
    const text = this.input.value.trim();
    if (!text) return this.#close();
    this.asking = new AbortController();
    const address = new URL(this.box.dataset.picker, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.#show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.#close();
    }
  }

  #show(markup) {
    const parsed = new DOMParser().parseFromString(markup, "text/html");
    this.options = [...parsed.querySelectorAll("[role=option]")];
    this.list.replaceChildren(...this.options);
    if (!this.options.length) this.list.append(this.#nothing());
    this.options.forEach((option, at) => {
      option.id = `${this.list.id}-${at}`;
      option.tabIndex = -1;
    });
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#move(-1);
  }

  #nothing() {
    const line = document.createElement("div");
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = this.list.dataset.empty;
    return line;
  }

  #close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.options = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #move(to) {
    this.at = to;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === to)));
    const chosen = this.options[to];
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  #pressed(event) {
    const count = this.options.length;
    if (event.key === "Escape") return this.#close();
    if (!count) return;
    if (event.key === "ArrowDown") this.#move((this.at + 1) % count);
    else if (event.key === "ArrowUp") this.#move(this.at > 0 ? this.at - 1 : count - 1);
    else if (event.key === "Enter" && this.at >= 0) this.#choose(this.options[this.at]);
    else return;
    event.preventDefault();
  }

  #clicked(event) {
    const option = event.target.closest("[role=option]");
    if (!option || option.ariaDisabled === "true") return;
    if ("pickerGo" in this.box.dataset) return;
    event.preventDefault();
    this.#choose(option);
  }

  #choose(option) {
    if ("pickerGo" in this.box.dataset) return location.assign(option.href);
    this.input.value = option.dataset.label ?? option.textContent.trim();
    if (this.value) {
      this.value.value = option.dataset.value;
      this.value.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.#close();
  }
}
