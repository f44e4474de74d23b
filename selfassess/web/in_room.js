// The page as the laptop in the room serves it.

import { send } from "./host.js";
import { start } from "./page.js";
import { drawn } from "./result.js";

start({ send, drawn });
