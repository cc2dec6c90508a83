// What every page may use, hooked by data- attributes. One entry point, one module per thing.
import { offerCarried } from "./carried.js";
import { hookDrops } from "./drop.js";
import { showHere } from "./here.js";
import { hookPickers } from "./picker.js";
import { hookPrinting } from "./printing.js";
import { hookScrolling } from "./scrolling.js";
import { sendOnce } from "./sending.js";
import { hookTicking } from "./ticking.js";
import { tellOfLostConnection } from "./lost.js";

function hook(root) {
  hookPickers(root);
  hookDrops(root);
  hookPrinting(root);
  hookScrolling(root);
  hookTicking(root);
}

hook(document);
showHere(document);
offerCarried(document);
sendOnce(document);
tellOfLostConnection(document);
document.body.addEventListener("htmx:load", (event) => hook(event.target));
