# Figures from a second program, to hold selfassess against: R with the package psych.
#
#   Rscript figures.R        in this folder; writes the *.csv and *.json beside it
#
# The answers are made up here (see README.md for why), with a fixed seed. Scores of scales come from
# psych::scoreItems, which turns reversed items round and leaves out what is missing; tables from psych::describe and
# psych::describeBy, whose standard deviations are n - 1. Nothing here knows of selfassess but the ids.
suppressPackageStartupMessages({library(psych); library(jsonlite)})
options(digits = 17)
set.seed(20050228, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

# Answers of n people on k points from `low`, that hang together a little; a share of them is missing.
answers <- function(n, ids, low, high, missing) {
  person <- rnorm(n)
  made <- sapply(ids, function(id) {
    raw <- round((low + high) / 2 + (high - low) / 5 * (0.7 * person + rnorm(n)))
    pmin(pmax(raw, low), high)
  })
  made[runif(length(made)) < missing] <- NA
  as.data.frame(made)
}

# One row a respondent; what is missing is an empty cell, dk or na.
write_answers <- function(data, file, group = NULL) {
  cells <- as.matrix(format(data, trim = TRUE, digits = 15))
  gaps <- is.na(as.matrix(data))
  cells[gaps] <- sample(c("", "dk", "na"), sum(gaps), replace = TRUE)
  out <- data.frame(respondent = sprintf("p%03d", seq_len(nrow(data))), stringsAsFactors = FALSE)
  if (!is.null(group)) out$group <- group
  write.csv(cbind(out, cells), file, row.names = FALSE, quote = FALSE, eol = "\n")
}

# n, mean and standard deviation of every column; null where R has NA or NaN.
table_of <- function(data) {
  one <- function(x) if (all(is.na(x))) list(n = 0, mean = NULL, sd = NULL) else {
    found <- describe(x)
    list(n = found$n, mean = found$mean, sd = if (found$n > 1) found$sd else NULL)
  }
  lapply(as.list(data), one)
}

figures <- function(data, group = NULL) {
  found <- list(all = table_of(data))
  if (!is.null(group)) for (id in unique(group)) found[[id]] <- table_of(data[group == id, , drop = FALSE])
  found
}

# The mean of all answers to some items, each with a weight, over everybody and group by group.
pooled_of <- function(data, weights, group = NULL) {
  one <- function(x) sum(weights * colSums(x, na.rm = TRUE)) / sum(weights * colSums(!is.na(x)))
  found <- list(all = one(data))
  if (!is.null(group)) for (id in unique(group)) found[[id]] <- one(data[group == id, , drop = FALSE])
  found
}

write_figures <- function(found, file) {
  write(toJSON(found, auto_unbox = TRUE, digits = NA, null = "null", na = "null", pretty = TRUE), file)
}

source_of <- list(
  program = R.version.string,
  psych = as.character(packageVersion("psych")),
  script = "tests/reference/figures.R"
)

# 1. traits: three scales of five items on six points, keyed like those of the "bfi" example of psych (some reversed),
#    with missing answers and three groups. A score is the mean of what was answered.
keys <- list(
  agreeable = c("-a1", "a2", "a3", "a4", "a5"),
  careful = c("c1", "c2", "c3", "-c4", "-c5"),
  outgoing = c("-e1", "-e2", "e3", "e4", "e5")
)
ids <- sub("-", "", unlist(keys, use.names = FALSE))
n <- 90
traits <- answers(n, ids, 1, 6, 0.12)
groups <- sample(rep(c("board", "staff", "external"), c(11, 46, 33)))
scores <- as.data.frame(scoreItems(keys, traits, totals = FALSE, missing = TRUE, impute = "none", min = 1, max = 6)$scores)
scores[is.nan(as.matrix(scores))] <- NA
# The rule that at least half must be answered: R has no such option, so those below it are taken out.
for (key in names(keys)) {
  scores[rowSums(!is.na(traits[sub("-", "", keys[[key]])])) < 2.5, key] <- NA
}
write_answers(traits, "traits.csv", groups)
# After reversal, as psych does it: lowest + highest - answer.
turned <- traits
for (id in sub("-", "", grep("-", unlist(keys), value = TRUE))) turned[[id]] <- 7 - turned[[id]]
write_figures(list(
  source = source_of,
  raw = list(strands = figures(scores, groups), items = figures(traits, groups)),
  pooled = lapply(keys, function(own) pooled_of(turned[sub("-", "", own)], rep(1, 5), groups)),
  respondents = lapply(as.list(scores), function(x) 100 * (x - 1) / 5)
), "traits.json")

# 2. tool: six scales of six items on 1 to 4, summed (6 to 24). A missing answer is made up for by the others (the
#    mean of what was answered, times six), and in the last two scales allows no score. Their sum is the total.
scales <- lapply(1:6, function(s) sprintf("p%d%s", s, letters[1:6]))
names(scales) <- paste0("principle", 1:6)
tool <- answers(40, unlist(scales, use.names = FALSE), 1, 4, 0.03)
means <- scoreItems(scales, tool, totals = FALSE, missing = TRUE, impute = "none", min = 1, max = 4)$scores
sums <- as.data.frame(6 * means)
for (key in c("principle5", "principle6")) sums[!complete.cases(tool[scales[[key]]]), key] <- NA
# A total where all six are there.
total <- data.frame(overall = rowSums(sums))
write_answers(tool, "tool.csv")
write_figures(list(
  source = source_of,
  raw = list(strands = figures(sums), items = figures(tool), overall = figures(total)),
  pooled = c(
    lapply(scales, function(own) pooled_of(6 * tool[own], rep(1, 6))),
    list(overall = pooled_of(36 * tool, rep(1, 36)))
  )
), "tool.json")

# 3. mixed: items on five scales, one of them worth 0, 0.2, 0.5 and 1, some reversed, with weights. Each is put on
#    0 to 100 by its own ends, then averaged with its weight over what was answered.
size <- 60
mixed <- data.frame(
  m1 = sample(0:4, size, TRUE), m2 = sample(0:1, size, TRUE), m3 = sample(1:5, size, TRUE),
  m4 = sample(c(0, 0.2, 0.5, 1), size, TRUE), m5 = sample(1:4, size, TRUE), m6 = sample(0:4, size, TRUE)
)
mixed[matrix(runif(size * 6) < 0.1, size)] <- NA
low <- c(0, 0, 1, 0, 1, 0); high <- c(4, 1, 5, 1, 4, 4)
weights <- c(1, 2, 0.5, 1, 3, 1.5)
points <- 100 * sweep(sweep(as.matrix(mixed), 2, low), 2, high - low, "/")
points[, c(3, 6)] <- 100 - points[, c(3, 6)] # m3 and m6 are reversed
weighted <- function(columns) apply(points[, columns, drop = FALSE], 1, function(x) {
  if (sum(!is.na(x)) < length(x) / 2) NA else weighted.mean(x, weights[columns], na.rm = TRUE)
})
middle <- data.frame(first = weighted(1:3), second = weighted(4:6))
# A strand made from its benchmarks, of which the second counts three times; and from its items.
enough <- rowSums(!is.na(mixed)) >= 3
of_benchmarks <- apply(middle, 1, function(x) if (all(is.na(x))) NA else weighted.mean(x, c(1, 3), na.rm = TRUE))
strand <- data.frame(whole = ifelse(enough, of_benchmarks, NA), overall = ifelse(enough, weighted(1:6), NA))
half <- rep(c("board", "staff"), c(9, 51))
write_answers(mixed, "mixed.csv", half)
write_figures(list(
  source = source_of,
  points = list(nodes = figures(cbind(middle, strand), half), items = figures(as.data.frame(points), half)),
  pooled = list(
    first = pooled_of(points[, 1:3], weights[1:3], half),
    second = pooled_of(points[, 4:6], weights[4:6], half),
    whole = pooled_of(points, c(1 * weights[1:3] / sum(weights[1:3]), 3 * weights[4:6] / sum(weights[4:6])), half),
    overall = pooled_of(points, weights, half)
  )
), "mixed.json")
