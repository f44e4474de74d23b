// The page as the laptop in the room serves it.

import { handInTo } from "./host.js";
import { start } from "./page.js";
import { drawn } from "./result.js";

start({ handInTo, drawn });
