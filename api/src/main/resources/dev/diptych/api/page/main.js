import { start as startList } from "./client/list.js";
import { showLostAnswer } from "./client/lost-answer.js";
import { showPlace } from "./client/place.js";
import { showRace } from "./client/race.js";
import { showViews } from "./client/views.js";
import { showStrategy } from "./client/strategy.js";
import { showBand } from "./band/band.js";
import { byId } from "./lib/dom.js";
import { showEvents } from "./server/events.js";
import { showExchanges } from "./server/exchanges.js";
import { showFaults } from "./server/faults.js";
import { start as startLab } from "./server/lab.js";
import { showProjections } from "./server/projections.js";
import { start as startSamples } from "./server/samples.js";
import { showStream } from "./server/stream.js";
import { start as startVisibility } from "./server/visibility.js";
import { showTools } from "./tools.js";
import { showTour } from "./tour/tour.js";

// Each part renders itself into an element, and depends on the others only by the signals that they export.

showTools();

showRace(byId("client-tools"), byId("race"));
showLostAnswer(byId("client-tools"));
showStrategy(byId("strategy"));
showPlace(byId("place"));
showViews(byId("views"));

startSamples();
startVisibility();
showBand(byId("band"));

showFaults(byId("server-tools"), byId("faults"));
showProjections(byId("projections"));
showEvents(byId("events"));
showStream(byId("stream"));
showExchanges(byId("exchanges"));

showTour(byId("tools"), byId("tour"));

startList();
startLab();
document.documentElement.dataset.ready = "true";
