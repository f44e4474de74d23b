# Figures of then and now, from a second program: R with coin.
#
#   Rscript change.R     in this folder; writes anorexia.csv, chickweight.csv, orange.csv and change.json beside it
#
# The data come with R and with MASS and were published before; README.md names where. sleep.csv is written by
# statistics.R. Nothing here knows of selfassess.
suppressPackageStartupMessages({library(coin); library(jsonlite)})
options(digits = 17)

write_data <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, eol = "\n")
}
girls <- setNames(MASS::anorexia, c("treat", "before", "after"))
chicks <- data.frame(chick = as.integer(as.character(ChickWeight$Chick)), diet = ChickWeight$Diet,
                     time = ChickWeight$Time, weight = ChickWeight$weight)
chicks <- chicks[order(chicks$chick, chicks$time), ]
trees <- data.frame(tree = as.integer(as.character(Orange$Tree)), age = Orange$age, circumference = Orange$circumference)
trees <- trees[order(trees$tree, trees$age), ]
write_data(girls, "anorexia")
write_data(chicks, "chickweight")
write_data(trees, "orange")

one <- unbox
ends <- function(interval) as.vector(interval)

# A case: everyone's value then and now, NA where there is none.
at <- function(data, who, when, value, then, now) {
  ids <- sort(unique(data[[who]]))
  column <- function(moment) {
    rows <- data[data[[when]] == moment, ]
    rows[[value]][match(ids, rows[[who]])]
  }
  list(before = column(then), after = column(now))
}
of_diet <- function(diet, then, now) at(chicks[chicks$diet == diet, ], "chick", "time", "weight", then, now)
of_treat <- function(treat) as.list(girls[girls$treat == treat, c("before", "after")])
# In steps of 5, as coarse as answers are: many ties, many zeros.
coarse <- function(case) lapply(case, function(column) 5 * round(column / 5))
cases <- list(
  sleep = list(before = sleep$extra[sleep$group == 1], after = sleep$extra[sleep$group == 2]),
  anorexia_cognitive = of_treat("CBT"),
  anorexia_control = of_treat("Cont"),
  anorexia_family = of_treat("FT"),
  chicks_1_first_days = of_diet(1, 0, 2),
  chicks_1_last_day = of_diet(1, 20, 21),
  chicks_2_last_day = of_diet(2, 20, 21),
  chicks_1_growing = of_diet(1, 0, 21),
  chicks_4_growing = of_diet(4, 0, 21),
  anorexia_cognitive_coarse = coarse(of_treat("CBT")),
  anorexia_control_coarse = coarse(of_treat("Cont")),
  five_trees = at(trees, "tree", "age", "circumference", 118, 484),
  five_trees_a_season = at(trees, "tree", "age", "circumference", 1372, 1582)
)

# Which they are that have both, by stats::t.test; by ranks, by coin, on whole tenths so that ties are ties.
of_matched <- function(before, after) {
  both <- !is.na(before) & !is.na(after)
  before <- before[both]
  after <- after[both]
  changes <- round(10 * after) - round(10 * before)
  test <- t.test(after, before, paired = TRUE)
  tenths <- data.frame(then = round(10 * before), now = round(10 * after))
  ranked <- wilcoxsign_test(now ~ then, tenths, zero.method = "Pratt", distribution = "exact")
  list(
    n = one(sum(both)), mean = one(as.vector(test$estimate)), sd = one(sd(after - before)),
    interval = ends(test$conf.int), p = one(test$p.value),
    up = one(sum(changes > 0)), same = one(sum(changes == 0)), down = one(sum(changes < 0)),
    ties = one(sum(duplicated(abs(changes[changes != 0])))),
    p_by_ranks = one(as.numeric(pvalue(ranked)))
  )
}

# All who have either, by stats::t.test.
of_everybody <- function(before, after) {
  before <- before[!is.na(before)]
  after <- after[!is.na(after)]
  test <- t.test(after, before)
  list(
    n = c(length(before), length(after)), means = c(mean(before), mean(after)),
    interval = ends(test$conf.int), p = one(test$p.value)
  )
}

# What t.test makes of people who all moved alike, or not at all.
refused <- function(before, after) {
  p <- tryCatch(t.test(after, before, paired = TRUE)$p.value, error = conditionMessage)
  one(as.character(p))
}
trees_then <- cases$five_trees$before

matched <- lapply(cases, function(case) of_matched(case$before, case$after))
everybody <- lapply(cases, function(case) of_everybody(case$before, case$after))
family <- function(names, of) {
  ps <- sapply(of[names], function(one) one$p)
  list(cases = names, holm = unname(p.adjust(ps, "holm")))
}
treatments <- c("anorexia_cognitive", "anorexia_control", "anorexia_family")
figures <- list(
  matched = matched,
  everybody = everybody,
  holm = list(
    treatments = family(treatments, matched),
    treatments_everybody = family(treatments, everybody),
    all = family(names(cases), matched)
  ),
  refused = list(
    moved_alike = refused(trees_then, trees_then + 5),
    nobody_moved = refused(trees_then, trees_then)
  )
)
write(toJSON(figures, digits = NA, pretty = TRUE, null = "null"), "change.json")
