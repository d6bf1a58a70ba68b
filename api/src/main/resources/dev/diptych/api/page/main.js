import { start as startList } from "./client/list.js";
import { showPlace } from "./client/place.js";
import { showViews } from "./client/views.js";
import { showStrategy } from "./client/strategy.js";
import { showTraces } from "./traces.js";
import { byId } from "./lib/dom.js";
import { showEvents } from "./server/events.js";
import { showExchanges } from "./server/exchanges.js";
import { showExperiments } from "./server/experiments.js";
import { start as startLab } from "./server/lab.js";
import { showProjections } from "./server/projections.js";
import { showStream } from "./server/stream.js";
import { showTools } from "./tools.js";

// Each part renders itself into an element, and depends on the others only by the signals that they export.

showTools();

showStrategy(byId("strategy"));
showPlace(byId("place"));
showViews(byId("views"));

showTraces();

showProjections(byId("projections"));
showEvents(byId("events"));
showStream(byId("stream"));
showExchanges(byId("exchanges"));
showExperiments(byId("experiments"));

startList();
startLab();
document.documentElement.dataset.ready = "true";
