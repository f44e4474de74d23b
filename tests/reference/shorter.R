# How far apart people are on a score made from some of its items, as docs/scores.md says it, in base R and by whole
# matrices: every covariance of two items is replaced by what all of them are on average, in the score as it is.
#
#   Rscript shorter.R     in this folder; reads attitude.csv, writes shorter.csv
#
# Nothing here knows of selfassess.
options(digits = 17)
data <- read.csv("attitude.csv")
all_of <- names(data)
cases <- list(
  alike = list(before = rep(1, 7), after = c(1, 1, 0, 0, 0, 0, 0)),
  weighted = list(before = c(1, 2, 1, 1, 3, 1, 1), after = c(0, 2, 0, 0, 3, 1, 0)),
  one = list(before = rep(1, 7), after = c(0, 0, 0, 0, 0, 0, 1)),
  all = list(before = c(1, 2, 1, 1, 3, 1, 1), after = c(1, 2, 1, 1, 3, 1, 1)),
  two = list(before = c(1, 1, 0, 0, 0, 0, 0), after = c(1, 0, 0, 0, 0, 0, 0))
)
of <- function(name) {
  w <- cases[[name]]$before / sum(cases[[name]]$before)
  v <- cases[[name]]$after / sum(cases[[name]]$after)
  whole <- as.numeric(t(w) %*% cov(data) %*% w)
  off <- outer(w, w) * (1 - diag(7))
  levelled <- diag(diag(cov(data)))
  levelled[row(levelled) != col(levelled)] <- sum(off * cov(data)) / sum(off)
  stopifnot(all.equal(as.numeric(t(w) %*% levelled %*% w), whole))
  found <- sqrt(max(whole, as.numeric(t(v) %*% levelled %*% v)))
  data.frame(case = name, item = all_of, deviation = sapply(data, sd), before = cases[[name]]$before,
             after = cases[[name]]$after, whole = sd(as.matrix(data) %*% w), found = found)
}
table <- do.call(rbind, lapply(names(cases), of))
numbers <- sapply(table, is.numeric)
table[numbers] <- lapply(table[numbers], function(x) sprintf("%.15g", x))
write.csv(table, "shorter.csv", row.names = FALSE, quote = FALSE, eol = "\n")
