"""One screen a module. A screen says what the person did; `flow` says what comes next."""
