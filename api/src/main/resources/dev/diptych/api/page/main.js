import { load } from "./desk/catalogue.js";
import { start as startList } from "./desk/list.js";
import { showPlace } from "./desk/place.js";
import { showViews } from "./desk/views.js";
import { showWay } from "./desk/way.js";
import { showHinge } from "./hinge.js";
import { byId } from "./lib/dom.js";
import { showEvents } from "./machinery/events.js";
import { showExchanges } from "./machinery/exchanges.js";
import { showHandsOn } from "./machinery/hands-on.js";
import { start as startLab } from "./machinery/lab.js";
import { showProjections } from "./machinery/projections.js";
import { showStream } from "./machinery/stream.js";
import { showTools } from "./tools.js";

// Two panels and one hinge; each part draws itself where it is told, and knows the others only by what they let be followed.

showTools();
await load();

showWay(byId("way"));
showPlace(byId("place"));
showViews(byId("views"));

showHinge();

showProjections(byId("projections"));
showEvents(byId("events"));
showStream(byId("stream"));
showExchanges(byId("exchanges"));
showHandsOn(byId("hands-on"));

startList();
startLab();
document.documentElement.dataset.ready = "true";
