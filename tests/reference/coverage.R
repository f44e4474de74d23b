# Stock-takes of skills from a second program: R alone.
#
#   Rscript coverage.R        in this folder; writes coverage.csv and coverage_found.csv
#
# The answers are made up here, with a fixed seed. The rules are those that docs/scores.md states, worked out from the
# answers of people, one by one; nothing here knows of selfassess but the ids.
set.seed(20050207, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

sizes <- c(board = 12, staff = 30, external = 7)
group <- rep(names(sizes), sizes)
middle <- c(l1 = 4.2, l2 = 2.1, l3 = 3.9, l4 = 2.6, c1 = 3.6, c2 = 3.2, p1 = 1.9, p2 = 1.2, p3 = 1.1)
lean <- c(board = 0.3, staff = -0.1, external = -0.5)
data <- as.data.frame(sapply(names(middle), function(id) {
  ends <- if (substr(id, 1, 1) == "p") c(0, 3) else c(1, 5)
  sign <- if (id %in% c("l2", "p2")) -1 else 1
  said <- round(middle[[id]] + sign * lean[group] + 0.9 * rnorm(length(group)))
  said <- pmin(pmax(said, ends[1]), ends[2])
  said[runif(length(group)) < 0.04] <- NA
  said
}))
cells <- as.matrix(format(data, trim = TRUE)); cells[is.na(as.matrix(data))] <- ""
write.csv(cbind(data.frame(respondent = sprintf("p%02d", seq_along(group)), group = group), cells),
          "coverage.csv", row.names = FALSE, quote = FALSE, eol = "\n")

good <- data                                   # after reversal
good$l2 <- 6 - good$l2; good$p2 <- 3 - good$p2
skills <- list(
  listen = list(own = c("l1", "l2", "l3"), shared = "l4", from = 3, points = 1:5, need = function(k, n)
    if (k >= n - floor(n / 10)) "covered" else if (k >= n / 2) "thin" else "missing"),
  chair = list(own = c("c1", "c2"), shared = character(), from = 5, points = 1:5, need = function(k, n)
    if (k >= 3) "covered" else if (k >= 1) "thin" else "missing"),
  plan = list(own = c("p1", "p2"), shared = "p3", from = 2, points = 0:3, need = function(k, n)
    if (k >= 9) "covered" else if (k >= 1) "thin" else "missing"))

of_cell <- function(skill, rows) {
  below <- skill$points[skill$points < skill$from]
  hard <- head(below, ceiling(length(below) / 2))
  each <- lapply(skill$own, function(id) {
    x <- good[rows, id]; x <- x[!is.na(x)]
    list(id = id, k = sum(x >= skill$from), hardly = sum(x %in% hard), n = length(x))
  })
  said <- sapply(each, function(one) skill$need(one$k, one$n))
  worst <- c("missing", "thin", "covered"); worst <- worst[worst %in% said][1]
  each <- each[said == worst]
  one <- each[[which.min(sapply(each, function(e) e$k / e$n))]]
  list(verdict = worst, least = one$id, reliably = one$k, sometimes = one$n - one$k - one$hardly, hardly = one$hardly)
}
rows <- do.call(rbind, lapply(names(skills), function(id) {
  skill <- skills[[id]]
  cells <- c(list(all = rep(TRUE, length(group))), lapply(names(sizes), function(one) group == one))
  names(cells) <- c("all", names(sizes))
  do.call(rbind, lapply(names(cells), function(cell) data.frame(skill = id, cell = cell, of_cell(skill, cells[[cell]]))))
}))
share <- function(skill, ids) { x <- unlist(good[ids]); mean(x[!is.na(x)] >= skill$from) }
rows$self <- sapply(rows$skill, function(id) share(skills[[id]], skills[[id]]$own))
rows$partnership <- sapply(rows$skill, function(id) share(skills[[id]], skills[[id]]$shared))
write.csv(format(rows, digits = 15, trim = TRUE), "coverage_found.csv", row.names = FALSE, quote = FALSE, eol = "\n")
